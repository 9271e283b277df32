using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>What an expression elaborates to: a tree of scalars.</summary>
internal abstract class Value
{
    /// <summary>The value of something done only for its checks.</summary>
    public static Value Nothing { get; } = new NothingValue();

    /// <summary>The value of a name that has none because of an error that has been told; see <see cref="Recovery"/>.</summary>
    public static Value Poison { get; } = new PoisonValue();

    /// <summary>Number of scalars.</summary>
    public abstract long Size { get; }

    /// <summary>The kind of value in words, for messages.</summary>
    public abstract string Describe();

    /// <summary>Every scalar in order.</summary>
    public void ForEach(Action<Scalar> action) => Map(scalar =>
    {
        action(scalar);
        return scalar;
    });

    /// <summary>The same shape with every scalar replaced, in order.</summary>
    public abstract Value Map(Func<Scalar, Scalar> replace);

    private sealed class NothingValue : Value
    {
        public override long Size => 0;

        public override string Describe() => "nothing (a block without a value)";

        public override Value Map(Func<Scalar, Scalar> replace) => this;
    }

    private sealed class PoisonValue : Value
    {
        public override long Size => throw Escaped();

        public override string Describe() => throw Escaped();

        public override Value Map(Func<Scalar, Scalar> replace) => throw Escaped();

        private static InvalidOperationException Escaped() => new("The value of a broken expression is used.");
    }
}

/// <summary>Kinds of scalars.</summary>
internal enum ScalarKind
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An exact integer of some scale.</summary>
    Number,

    /// <summary>A field element without order.</summary>
    Field,
}

/// <summary>A scalar: known now, or a signal of the circuit.</summary>
internal sealed class Scalar : Value
{
    private readonly BigInteger _known;
    private readonly Fr _knownField;
    private Signal? _signal;

    private Scalar(ScalarKind kind, int scale, bool isKnown, BigInteger known, Fr knownField, Signal? signal, UnitOfMeasure? unit = null)
    {
        Unit = unit ?? UnitOfMeasure.None;
        Kind = kind;
        Scale = scale;
        IsKnown = isKnown;
        _known = known;
        _knownField = knownField;
        _signal = signal;
    }

    public override long Size => 1;

    public ScalarKind Kind { get; }

    /// <summary>Decimals of a number; its value is raw · 10^−scale.</summary>
    public int Scale { get; }

    /// <summary>What a number counts.</summary>
    public UnitOfMeasure Unit { get; }

    /// <summary>Whether this is the number 0 of no unit, which has any unit that is needed.</summary>
    public bool IsPlainZero => IsKnown && Known.IsZero && Unit.IsNone;

    /// <summary>Whether the value is known at compile time.</summary>
    public bool IsKnown { get; }

    /// <summary>The raw integer, or 0 and 1 of a boolean, if known.</summary>
    public BigInteger Known => _known;

    /// <summary>The field element if known.</summary>
    public Fr KnownField => _knownField;

    public bool IsTrue => IsKnown && _known.IsOne;

    /// <summary>The raw integers this may be.</summary>
    public Interval Interval => IsKnown ? Interval.Point(_known) : _signal!.Interval ?? throw new InvalidOperationException("A field value has no interval.");

    public static Scalar Number(BigInteger raw, int scale = 0) => new(ScalarKind.Number, scale, true, raw, default, null);

    public static Scalar Boolean(bool value) => new(ScalarKind.Boolean, 0, true, value ? 1 : 0, default, null);

    public static Scalar Field(Fr value) => new(ScalarKind.Field, 0, true, default, value, null);

    /// <summary>The scalar of a signal; one that folded to a constant becomes known.</summary>
    public static Scalar Of(Signal signal, ScalarKind kind, int scale = 0) => signal.IsConstant
        ? kind == ScalarKind.Field ? Field(signal.Constant) : new(kind, scale, true, signal.Constant.ToSignedInteger(), default, signal)
        : new(kind, scale, false, default, default, signal);

    /// <summary>The same number counting something else.</summary>
    public Scalar WithUnit(UnitOfMeasure unit) => unit == Unit ? this : new(Kind, Scale, IsKnown, _known, _knownField, _signal, unit);

    /// <summary>The same raw value at another scale, without a unit, for reinterpretation.</summary>
    public Scalar WithScale(int scale) => new(Kind, scale, IsKnown, _known, _knownField, _signal);

    /// <summary>Another signal in its place.</summary>
    public Scalar WithSignal(Signal signal) => new(Kind, Scale, false, default, default, signal, Unit);

    public override Value Map(Func<Scalar, Scalar> replace) => replace(this);

    public Signal Signal(CircuitBuilder builder) => _signal ??= Kind == ScalarKind.Field ? builder.Constant(_knownField) : builder.Constant(_known);

    public override string Describe() => Kind switch
    {
        ScalarKind.Boolean => "a bool",
        ScalarKind.Field => "a field value",
        _ => (Scale == 0 ? "an int" : $"a dec({Scale})") + (Interval.IsPoint ? $" equal to {Interval.Low}" : $" in {Interval}") + (Unit.IsNone ? "" : $" {Unit}"),
    };
}

/// <summary>An array.</summary>
internal sealed class ArrayValue(Value[] elements) : Value
{
    public Value[] Elements { get; } = elements;

    public override long Size { get; } = elements.Sum(element => element.Size);

    public override string Describe() => $"an array of {Elements.Length}";

    public override Value Map(Func<Scalar, Scalar> replace) => new ArrayValue([.. Elements.Select(element => element.Map(replace))]);
}

/// <summary>An instance of a struct.</summary>
internal sealed class StructValue(StructDeclaration declaration, BigInteger[] generics, Value[] fields) : Value
{
    public StructDeclaration Declaration { get; } = declaration;

    public BigInteger[] Generics { get; } = generics;

    /// <summary>In the order of the declaration.</summary>
    public Value[] Fields { get; } = fields;

    public override long Size { get; } = fields.Sum(field => field.Size);

    public override string Describe() => "a " + Instance.NameOf(Declaration.Name, Generics);

    public override Value Map(Func<Scalar, Scalar> replace) => new StructValue(Declaration, Generics, [.. Fields.Select(field => field.Map(replace))]);
}
