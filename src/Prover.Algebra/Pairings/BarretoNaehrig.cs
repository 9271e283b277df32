using System.Numerics;

namespace Prover.Algebra;

/// <summary>The parameter of the Barreto–Naehrig family from which every constant of BN254 follows.</summary>
/// <remarks>
/// Barreto and Naehrig, "Pairing-Friendly Elliptic Curves of Prime Order" (SAC 2005): q = 36x⁴ + 36x³ + 24x² + 6x + 1,
/// r = 36x⁴ + 36x³ + 18x² + 6x + 1, trace t = 6x² + 1.
/// </remarks>
public static class BarretoNaehrig
{
    /// <summary>x.</summary>
    public const ulong Parameter = 4965661367192848881;

    /// <summary>The digits −1, 0, 1 of 6x + 2, most significant first, no two adjacent ones non-zero.</summary>
    internal static sbyte[] MillerLoopDigits { get; } = NonAdjacentForm(6 * (BigInteger)Parameter + 2);

    private static sbyte[] NonAdjacentForm(BigInteger value)
    {
        var digits = new List<sbyte>();
        for (; !value.IsZero; value >>= 1)
        {
            // An odd value takes the digit that leaves a multiple of four.
            var digit = value.IsEven ? 0 : 2 - (int)(value % 4);
            digits.Add((sbyte)digit);
            value -= digit;
        }

        digits.Reverse();
        return [.. digits];
    }
}
