using System.Numerics;
using Prover.Constraints;
using Prover.Language;

namespace Prover.Compiler;

public sealed partial class CircuitBuilder
{
    /// <summary>Whether a = b, of integers, booleans or field elements. Three rows, none if only required.</summary>
    public Signal Equal(Signal a, Signal b)
    {
        var known = a.Interval is { } x && b.Interval is { } y ? x - y : (Interval?)null;
        return IsZeroGadget.Apply(this, Difference(a, b), known);
    }

    /// <summary>Whether the integer a ≥ 0. As many rows as the wider half of its interval has bits, and one.</summary>
    public Signal NonNegative(Signal a) => SignGadget.IsNonNegative(this, a);

    /// <summary>a and b. One row, none if only required.</summary>
    public Signal And(Signal a, Signal b)
    {
        RequireBit(a);
        RequireBit(b);
        if (a.IsConstant || b.IsConstant)
        {
            return a.IsConstant ? (a.Constant.IsZero ? False : b) : b.Constant.IsZero ? False : a;
        }

        return a.Wires.Equals(b.Wires) ? a : Multiply(a, b).With(Interval.Bit, new AllPredicate([a, b]));
    }

    /// <summary>a or b. One row.</summary>
    public Signal Or(Signal a, Signal b) => Not(And(Not(a), Not(b)));

    /// <summary>Not a. Free.</summary>
    public Signal Not(Signal a)
    {
        RequireBit(a);
        if (a.IsConstant)
        {
            return a.Constant.IsZero ? True : False;
        }

        Predicate? origin = a.Origin switch
        {
            IsZeroPredicate zero => new IsNonZeroPredicate(zero.Value),
            IsNonZeroPredicate nonZero => new IsZeroPredicate(nonZero.Value),
            IsNonNegativePredicate { Value.Interval: { } known } sign when (-known - Interval.Point(1)).IsWithinLimit =>
                new IsNonNegativePredicate(Subtract(Negate(sign.Value), True)),
            _ => null,
        };
        return Subtract(True, a).With(Interval.Bit, origin);
    }

    /// <summary>Whether all are true. At most three rows; none but those of the parts if only required.</summary>
    public Signal All(ReadOnlySpan<Signal> bits)
    {
        var parts = new List<Signal>(bits.Length);
        foreach (var bit in bits)
        {
            RequireBit(bit);
            if (!bit.IsConstant)
            {
                parts.Add(bit);
            }
            else if (bit.Constant.IsZero)
            {
                return False;
            }
        }

        if (parts.Count <= 3)
        {
            return parts.Aggregate(True, And);
        }

        var sum = Sum(parts.ToArray());
        return Equal(sum, Constant((BigInteger)parts.Count)).With(Interval.Bit, new AllPredicate(parts));
    }

    /// <summary>Whether any is true. At most three rows.</summary>
    public Signal Any(ReadOnlySpan<Signal> bits)
    {
        var complements = new Signal[bits.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            complements[i] = Not(bits[i]);
        }

        return Not(All(complements));
    }

    /// <summary>x if the bit is true, otherwise y. One row; free if bit, or both x and y, are constant, or x and y are equal.</summary>
    public Signal Select(Signal bit, Signal x, Signal y)
    {
        RequireBit(bit);
        if (bit.IsConstant)
        {
            return bit.Constant.IsZero ? y : x;
        }

        var interval = x.Interval is { } a && y.Interval is { } b ? a.Union(b) : (Interval?)null;
        var difference = Difference(x, y);
        return difference.IsConstant && difference.Constant.IsZero
            ? x.With(interval)
            : Refine(Add(y.With(null), Multiply(bit.With(null), difference)), interval);
    }

    /// <summary>|a|. One row more than <see cref="NonNegative"/>.</summary>
    public Signal Absolute(Signal a) => SignGadget.Magnitude(this, a);

    /// <summary>⌊a/b⌋ and a − b·⌊a/b⌋ for an integer a and an integer b whose interval is positive.</summary>
    /// <exception cref="ArgumentException">b may be zero or negative, or the quotient could wrap around the field.</exception>
    public (Signal Quotient, Signal Remainder) FloorDivide(Signal a, Signal b) => FloorDivideGadget.Apply(this, a, b);

    /// <summary>The n little-endian bits of an integer in [0, 2ⁿ). One row a bit, shared with comparisons and ranges of the same value.</summary>
    public Signal[] Bits(Signal a, int n)
    {
        if (a.Interval is not { } interval || interval.Low.Sign < 0 || interval.High.GetBitLength() > n)
        {
            throw new ArgumentException($"bits<{n}> needs an integer in [0, 2^{n}), not {a.Interval}.", nameof(a));
        }

        return Pad(a, interval.High, n);
    }

    /// <summary>The 254 little-endian bits of the canonical integer of a field element, which is below r. At most 400 rows.</summary>
    public Signal[] CanonicalBits(Signal a) =>
        Pad(a, a.Interval is { Low.Sign: >= 0 } interval ? interval.High : Fr.Modulus - 1, 254);

    internal Signal Difference(Signal a, Signal b) => Subtract(a.With(null), b.With(null));

    /// <summary>The same value with an interval that the constraints already force, folded if that is a single number.</summary>
    internal Signal Refine(Signal a, Interval? interval) =>
        interval is { IsPoint: true } point ? Constant(point.Low)
        : interval is { } known ? a.With(Checked(known, "The value"), a.Origin)
        : a.Interval is null ? a : a.With(null);

    private Signal[] Pad(Signal a, BigInteger greatest, int n)
    {
        var bits = new Signal[n];
        Array.Fill(bits, False);
        if (a.IsConstant)
        {
            var value = a.Constant.ToInteger();
            for (var i = 0; i < n; i++)
            {
                bits[i] = (value >> i).IsEven ? False : True;
            }
        }
        else if (greatest.IsOne)
        {
            bits[0] = a.With(Interval.Bit, a.Origin);
        }
        else
        {
            var bound = greatest == Fr.Modulus - 1 ? greatest : RangeGadget.Mask(greatest);
            var known = BoundedBitsGadget.Apply(this, a, bound).Bits;
            known.AsSpan(0, Math.Min(n, known.Length)).CopyTo(bits);
        }

        return bits;
    }

    private static void RequireBit(Signal bit)
    {
        if (!bit.IsBit)
        {
            throw new ArgumentException($"A boolean is needed, not a value in {bit.Interval?.ToString() ?? "the field"}.", nameof(bit));
        }
    }
}
