using System.Globalization;
using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>The values that one expression has had so far: in several rounds of a loop, in several calls, in several instances.</summary>
internal sealed class ObservedValue
{
    /// <summary>Elements of an array that are looked at; an array of more tends to have equal ones.</summary>
    private const int MaximumElements = 256;

    private readonly Value _first;
    private readonly ObservedValue? _element;
    private Value _last;
    private BigInteger _low;
    private BigInteger _high;

    /// <summary>Whether the values differ in more than their intervals.</summary>
    private bool _isMixed;

    public ObservedValue(Value value)
    {
        (_first, _last) = (value, value);
        switch (value)
        {
            case Scalar { Kind: ScalarKind.Number } number:
                (_low, _high) = (number.Interval.Low, number.Interval.High);
                break;
            case ArrayValue { Elements: [var element, ..] } array:
                _element = new(element);
                JoinElements(array);
                break;
        }
    }

    /// <summary>One more value.</summary>
    public void Join(Value value)
    {
        if (ReferenceEquals(value, _last))
        {
            return;
        }

        _last = value;
        switch (_first, value)
        {
            case (Scalar { Kind: ScalarKind.Number } one, Scalar { Kind: ScalarKind.Number } other) when one.Scale == other.Scale && (one.Unit == other.Unit || other.IsPlainZero):
                var interval = other.Interval;
                (_low, _high) = (BigInteger.Min(_low, interval.Low), BigInteger.Max(_high, interval.High));
                break;
            case (Scalar one, Scalar other):
                _isMixed |= one.Kind != other.Kind || one.Kind == ScalarKind.Number;
                break;
            case (ArrayValue one, ArrayValue other):
                _isMixed |= one.Elements.Length != other.Elements.Length;
                JoinElements(other);
                break;
            default:
                _isMixed |= _first.Describe() != value.Describe();
                break;
        }
    }

    /// <summary>As the language writes a type: "dec(6)[0 .. 2^60] USD", "[bool; 3]"; bounds are raw.</summary>
    public override string ToString()
    {
        var text = _first switch
        {
            Scalar { Kind: ScalarKind.Boolean } => "bool",
            Scalar { Kind: ScalarKind.Field } => "field",
            Scalar number => ShowNumber(number),
            ArrayValue array => $"[{_element?.ToString() ?? "…"}; {array.Elements.Length}]",
            StructValue structure => Instance.NameOf(structure.Declaration.Name, structure.Generics),
            TreeValue tree => tree.State.Type.ToString(),
            _ => "nothing",
        };
        return _isMixed ? $"{text}, elsewhere another type" : text;
    }

    private string ShowNumber(Scalar number) =>
        (number.Scale == 0 ? "int" : string.Create(CultureInfo.InvariantCulture, $"dec({number.Scale})"))
        + new Interval(_low, _high) + (number.Unit.IsNone ? "" : $" {number.Unit}");

    private void JoinElements(ArrayValue array)
    {
        foreach (var element in array.Elements.AsSpan(0, Math.Min(MaximumElements, array.Elements.Length)))
        {
            _element?.Join(element);
        }
    }
}
