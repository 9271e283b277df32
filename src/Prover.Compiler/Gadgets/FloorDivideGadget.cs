using System.Numerics;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>⌊a/b⌋ and a mod b of a signed dividend and a positive divisor.</summary>
/// <remarks>
/// <para>Requires: intervals of a and b, b ≥ 1. Gives: q with q·b ≤ a &lt; (q + 1)·b, and r = a − q·b in [0, b).</para>
/// <para>
/// q is a wire, r the combination a − q·b: one row for the product unless b is constant. Checks: q in a range that holds every possible quotient,
/// r ≥ 0 and b − 1 − r ≥ 0 (for a constant b both at once). 64 by 64 bits: 193 rows.
/// </para>
/// <para>
/// Unique: over all q in its checked range and all r in [0, b) the integer q·b + r − a is smaller than the modulus in magnitude (computed here,
/// otherwise the range is made tight, otherwise refused), so the congruence is an equality of integers, and division with remainder is unique.
/// </para>
/// </remarks>
internal static class FloorDivideGadget
{
    /// <summary>Whether quotients of these values can be checked without wrapping around the field.</summary>
    public static bool CanDivide(Interval dividend, Interval divisor)
    {
        var quotients = Quotients(dividend, divisor);
        return quotients.IsPoint || CannotWrap(quotients.Low, quotients.High - quotients.Low, dividend, divisor);
    }

    public static (Signal Quotient, Signal Remainder) Apply(CircuitBuilder builder, Signal a, Signal b)
    {
        if (a.Interval is not { } dividend || b.Interval is not { } divisor || divisor.Low.Sign <= 0)
        {
            throw new ArgumentException($"Division needs an integer and a positive divisor, not {a.Interval} by {b.Interval}.", nameof(b));
        }

        if (!CanDivide(dividend, divisor))
        {
            throw new ArgumentException($"A quotient of {dividend} by {divisor} could wrap around the field.", nameof(a));
        }

        var quotients = Quotients(dividend, divisor);
        var remainders = new Interval(0, dividend.Low.Sign >= 0 ? BigInteger.Min(divisor.High - 1, dividend.High) : divisor.High - 1);
        if (divisor == Interval.Point(1))
        {
            return (a, builder.False);
        }

        var q = quotients.IsPoint ? builder.Constant(quotients.Low) : Quotient(builder, a, b, quotients);
        return (q, builder.Refine(Remainder(builder, a, b, q), remainders));
    }

    private static Signal Quotient(CircuitBuilder builder, Signal a, Signal b, Interval quotients)
    {
        var graph = builder.Graph;
        if (!graph.TryFind(TapeOperation.FloorDivide, a.Wires, b.Wires, out var variable))
        {
            var operation = graph.Add(new Operation { Code = TapeOperation.FloorDivide, OutputCount = 1, X = a.Slots, Y = b.Slots });
            variable = graph.Record(TapeOperation.FloorDivide, a.Wires, b.Wires, operation);
            Check(builder, a, b, CircuitGraph.Wire(variable, null), quotients, operation.Companions);
        }

        return CircuitGraph.Wire(variable, quotients);
    }

    private static void Check(CircuitBuilder builder, Signal a, Signal b, Signal q, Interval quotients, List<Operation> checks)
    {
        var (dividend, divisor) = (a.Interval!.Value, b.Interval!.Value);
        var exact = quotients.High - quotients.Low;
        var bound = RangeGadget.Mask(exact);
        if (!CannotWrap(quotients.Low, bound, dividend, divisor))
        {
            bound = exact;
        }

        checks.Add(BoundedBitsGadget.Force(builder, builder.Add(q, builder.Constant(Fr.FromInteger(-quotients.Low))), bound));
        var r = Remainder(builder, a, b, q);
        if (divisor.IsPoint)
        {
            checks.Add(BoundedBitsGadget.Force(builder, r, divisor.High - 1));
            return;
        }

        var mask = RangeGadget.Mask(divisor.High - 1);
        var slack = builder.Subtract(builder.Add(b.With(null), builder.Constant(-Fr.One)), r);
        checks.Add(BoundedBitsGadget.Force(builder, r, mask));
        checks.Add(BoundedBitsGadget.Force(builder, slack, mask));
    }

    private static Signal Remainder(CircuitBuilder builder, Signal a, Signal b, Signal q) =>
        builder.Subtract(a.With(null), builder.Multiply(q.With(null), b.With(null)));

    private static bool CannotWrap(BigInteger low, BigInteger bound, Interval dividend, Interval divisor)
    {
        var difference = (new Interval(low, low + bound) * divisor) + new Interval(0, RangeGadget.Mask(divisor.High)) - dividend;
        return BigInteger.Max(difference.High, -difference.Low) < Fr.Modulus;
    }

    private static Interval Quotients(Interval a, Interval b)
    {
        BigInteger[] corners = [Floor(a.Low, b.Low), Floor(a.Low, b.High), Floor(a.High, b.Low), Floor(a.High, b.High)];
        return new(corners.Min(), corners.Max());
    }

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
