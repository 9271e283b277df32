using System.Numerics;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>Forces a value into an interval [lo, hi].</summary>
/// <remarks>
/// <para>Requires: hi − lo &lt; r; what is known of the value may make it cheaper. Gives: the knowledge lo ≤ x ≤ hi.</para>
/// <para>
/// Three forms, the cheapest is taken: x − lo in [0, hi − lo]; or, if x ≤ hi is known, x − lo in [0, 2ʷ) for a w that the known
/// interval fits; or, if x ≥ lo is known, hi − x in [0, 2ʷ). In the last two the integers on both sides of the congruence are less than r
/// apart, because known magnitudes are below 2²⁵² and 2ʷ ≤ 2²⁵³, so it is an equality.
/// </para>
/// <para>Unique: no wires of its own.</para>
/// </remarks>
internal static class RangeGadget
{
    /// <summary>x with its interval narrowed to <paramref name="range"/>, which the constraints force.</summary>
    public static Signal Enforce(CircuitBuilder builder, Signal x, Interval range, Requirement info)
    {
        if (x.Interval is { } certain && range.Contains(certain))
        {
            return x;
        }

        if (x.IsConstant && range.Contains(x.Constant.ToSignedInteger()))
        {
            return builder.Constant(x.Constant.ToSignedInteger());
        }

        var graph = builder.Graph;
        graph.Add(new Operation { Code = TapeOperation.RequireRange, X = x.Slots, Range = (range.Low, range.High), Requirement = info, IsRoot = true });
        var value = x.IsConstant ? Interval.Point(x.Constant.ToSignedInteger()) : x.Interval;
        var low = value is { } a ? BigInteger.Max(a.Low, range.Low) : range.Low;
        var high = value is { } b ? BigInteger.Min(b.High, range.High) : range.High;
        if (low > high)
        {
            graph.Add(new Operation { Rows = [Row.Linear(LinearCombination.One)], IsRoot = true });
            return builder.Constant(range.Low);
        }

        if (!x.IsConstant)
        {
            Force(builder, x, range).IsRoot = true;
        }

        return builder.Refine(x, new Interval(low, high));
    }

    /// <summary>Forces a value of known interval to be at least zero, unless the guard is false.</summary>
    public static void EnforceNonNegative(CircuitBuilder builder, Signal x, Signal guard, Requirement info)
    {
        var graph = builder.Graph;
        var interval = x.Interval ?? throw new ArgumentException("Only integers have a sign.", nameof(x));
        if (interval.Low.Sign >= 0)
        {
            return;
        }

        graph.Add(new Operation
        {
            Code = TapeOperation.RequireRange,
            X = x.Slots,
            Y = guard.IsConstant ? null : guard.Slots,
            Range = (0, BigInteger.Max(interval.High, BigInteger.Zero)),
            Requirement = info,
            IsRoot = true,
        });
        if (interval.High.Sign < 0)
        {
            graph.Add(new Operation { Rows = [Row.Linear(guard.Wires)], IsRoot = true });
            return;
        }

        var value = guard.IsConstant ? x : builder.Multiply(guard, x);
        BoundedBitsGadget.Force(builder, value, Mask(interval.High)).IsRoot = true;
    }

    /// <summary>2ʷ − 1 for the least w that holds <paramref name="value"/>.</summary>
    public static BigInteger Mask(BigInteger value) => (BigInteger.One << (int)value.GetBitLength()) - 1;

    private static Operation Force(CircuitBuilder builder, Signal x, Interval range)
    {
        var field = x.With(null);
        var offset = builder.Add(field, builder.Constant(Fr.FromInteger(-range.Low)));
        var exact = range.High - range.Low;
        var cost = BoundedBitsGadget.Cost(exact);
        if (x.Interval is { } known)
        {
            var below = Mask(known.High - range.Low);
            if (known.High <= range.High && BoundedBitsGadget.Cost(below) <= cost)
            {
                return BoundedBitsGadget.Force(builder, offset, below);
            }

            var above = Mask(range.High - known.Low);
            if (known.Low >= range.Low && BoundedBitsGadget.Cost(above) < cost)
            {
                var fromTop = builder.Subtract(builder.Constant(Fr.FromInteger(range.High)), field);
                return BoundedBitsGadget.Force(builder, fromTop, above);
            }
        }

        return BoundedBitsGadget.Force(builder, offset, exact);
    }
}
