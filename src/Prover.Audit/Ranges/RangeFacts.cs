using System.Numerics;
using Prover.Constraints;

namespace Prover.Audit;

/// <summary>What is known of the values of wires and combinations in every satisfying assignment.</summary>
internal sealed class RangeFacts(int wireCount)
{
    /// <summary>A wire's range is narrowed so often and no further: it ends the analysis of systems in which ranges shrink one by one.</summary>
    private const int MaximumUpdates = 12;

    private readonly IntegerRange?[] _wires = new IntegerRange?[wireCount];
    private readonly byte[] _updates = new byte[wireCount];
    private readonly SignedIntegers _integers = new();

    /// <summary>Wires whose range has become narrower, for the analysis to go on with.</summary>
    public Queue<int> ChangedWires { get; } = new();

    /// <summary>Combinations with a range of their own: of several wires, or a multiple of one, such as 1147041 − 10·w in [0, 65535].</summary>
    public RangedForms Forms { get; } = new();

    /// <summary>Whether anything waits to be looked at.</summary>
    public bool HasChanged => ChangedWires.Count > 0 || Forms.HasChanged;

    /// <summary>Whether something would have to be in two ranges that no element is in both of: no assignment satisfies the system.</summary>
    public bool AreContradictory { get; private set; }

    /// <summary>The range of a wire, if any is known.</summary>
    public IntegerRange? Of(int wire) => wire == 0 ? IntegerRange.Point(1) : _wires[wire];

    /// <summary>Whether a range of the wire is known.</summary>
    public bool IsRanged(int wire) => wire == 0 || _wires[wire] is not null;

    /// <summary>Whether the wire is 0 or 1.</summary>
    public bool IsBit(int wire) => _wires[wire] is { IsBit: true };

    /// <summary>Whether all wires have a range.</summary>
    public bool AreRanged(ReadOnlySpan<int> wires)
    {
        foreach (var wire in wires)
        {
            if (!IsRanged(wire))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a combination is not zero in any satisfying assignment, for all that is known of its range.</summary>
    public bool ExcludesZero(LinearCombination form) =>
        form.Count == 1 && _wires[form.Variables[0]] == IntegerRange.Bit
            ? !form.Constant.IsZero && !(form.Constant + form.Coefficients[0]).IsZero
            : Of(form) is { ExcludesZero: true };

    /// <summary>The range of a combination: from its wires', and from what is known of a multiple of it.</summary>
    public IntegerRange? Of(LinearCombination form)
    {
        var direct = SumOf(form, Fr.One);
        return Forms.Of(form) is not { } range ? direct
            : direct is { } other ? range.And(other)
            : range;
    }

    /// <summary>The range of scale·form from those of its wires, if all are known and it is narrower than the modulus.</summary>
    public IntegerRange? SumOf(LinearCombination form, Fr scale)
    {
        if (!AreRanged(form.Variables))
        {
            return null;
        }

        var low = _integers.Of(form.Constant * scale);
        var high = low;
        for (var i = 0; i < form.Count; i++)
        {
            var coefficient = _integers.Of(scale.IsOne ? form.Coefficients[i] : form.Coefficients[i] * scale);
            var range = _wires[form.Variables[i]]!.Value;
            var (atLow, atHigh) = coefficient.Sign < 0 ? (range.High, range.Low) : (range.Low, range.High);
            low = AddProduct(low, coefficient, atLow);
            high = AddProduct(high, coefficient, atHigh);
        }

        var sum = new IntegerRange(low, high);
        return sum.IsMeaningful ? sum : null;
    }

    /// <summary>Notes that a combination is in a range.</summary>
    public void Narrow(LinearCombination form, IntegerRange range)
    {
        if (!range.IsMeaningful)
        {
            return;
        }

        if (form.IsConstant)
        {
            AreContradictory |= (range + IntegerRange.Point(-form.Constant.ToSignedInteger())).ExcludesZero;
        }
        else if (form.Count > 1)
        {
            AreContradictory |= !Forms.Narrow(form, range);
        }
        else
        {
            NarrowMultiple(form, range);
        }
    }

    private static BigInteger AddProduct(BigInteger sum, BigInteger coefficient, BigInteger value) =>
        value.IsZero ? sum : sum + (value.IsOne ? coefficient : coefficient * value);

    /// <summary>c·w + k = v: w = (v − k)/c, exactly for each of at most two values v; otherwise through an integer that is congruent to 1/c.</summary>
    private void NarrowMultiple(LinearCombination form, IntegerRange range)
    {
        var inverse = Audit.Forms.Ratio(Fr.One, form.Coefficients[0]);
        IntegerRange wire;
        if (range.Width <= BigInteger.One)
        {
            var low = ((Fr.FromInteger(range.Low) - form.Constant) * inverse).ToSignedInteger();
            var high = ((Fr.FromInteger(range.High) - form.Constant) * inverse).ToSignedInteger();
            wire = IntegerRange.Point(low).Hull(IntegerRange.Point(high));
        }
        else
        {
            wire = (range + IntegerRange.Point(-form.Constant.ToSignedInteger())) * inverse.ToSignedInteger();
        }

        NarrowWire(form.Variables[0], wire);
        if (wire.Width > range.Width && !(SumOf(form, Fr.One) is { } known && known.Width <= range.Width))
        {
            AreContradictory |= !Forms.Narrow(form, range);
        }
    }

    private void NarrowWire(int wire, IntegerRange range)
    {
        if (!range.IsMeaningful)
        {
            return;
        }

        if (_wires[wire] is { } known)
        {
            AreContradictory |= known.IsDisjointFrom(range);
            range = known.And(range);
        }

        if (_wires[wire] != range && _updates[wire] < MaximumUpdates)
        {
            _wires[wire] = range;
            _updates[wire]++;
            ChangedWires.Enqueue(wire);
        }
    }
}
