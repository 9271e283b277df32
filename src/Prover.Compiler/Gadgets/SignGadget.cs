using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>The sign of an integer, and its magnitude.</summary>
/// <remarks>
/// <para>
/// Sign: requires a known interval inside [−2ᵏ, 2ᵏ). Gives 1 if x ≥ 0, otherwise 0: bit k of x + 2ᵏ, k + 1 rows.
/// Unique: the bits of a value in [0, 2ᵏ⁺¹) are. Where x + 2ᵏ was forced below 2ᵏ before, under another name, bit k is 0 and no wire.
/// </para>
/// <para>
/// Magnitude: (2s − 1)·x for the sign s, one more row. Zero has one representation: both signs would give 0, and the sign of 0 is 1.
/// </para>
/// </remarks>
internal static class SignGadget
{
    /// <summary>Whether x ≥ 0.</summary>
    public static Signal IsNonNegative(CircuitBuilder builder, Signal x)
    {
        var interval = x.Interval ?? throw new ArgumentException("Only integers have a sign.", nameof(x));
        if (interval.Low.Sign >= 0)
        {
            return builder.True;
        }

        if (interval.High.Sign < 0)
        {
            return builder.False;
        }

        var k = (int)BigInteger.Max(interval.High, -interval.Low - 1).GetBitLength();
        var offset = BigInteger.One << k;
        var shifted = builder.Add(x.With(null), builder.Constant(Fr.FromInteger(offset)));
        var sign = k == 0 ? shifted : builder.Bits(shifted.With(new(0, (offset << 1) - 1)), k + 1)[k];
        return sign.With(Interval.Bit, new IsNonNegativePredicate(x));
    }

    /// <summary>|x|.</summary>
    public static Signal Magnitude(CircuitBuilder builder, Signal x)
    {
        var sign = IsNonNegative(builder, x);
        if (sign.IsConstant)
        {
            // The sign may be known from bits although the interval is not: then it is the magnitude's interval that says so.
            var magnitude = sign.Constant.IsZero ? builder.Negate(x) : x;
            return builder.Refine(magnitude, magnitude.Interval!.Value with { Low = BigInteger.Max(BigInteger.Zero, magnitude.Interval!.Value.Low) });
        }

        var interval = x.Interval!.Value;
        var factor = builder.Subtract(builder.Add(sign, sign), builder.True).With(null);
        var greatest = BigInteger.Max(interval.High, -interval.Low);
        return builder.Refine(builder.Multiply(factor, x.With(null)), new Interval(0, greatest));
    }
}
