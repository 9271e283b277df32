using System.Numerics;

namespace Prover.Language;

/// <summary>The integers from <paramref name="Low"/> to <paramref name="High"/>, both included: what the compiler knows of a value.</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value, not below <paramref name="Low"/>.</param>
public readonly record struct Interval(BigInteger Low, BigInteger High)
{
    /// <summary>Magnitudes stay below 2²⁵², so that every integer, and the difference of any two, is unique modulo r &gt; 2²⁵³.</summary>
    public static readonly BigInteger Limit = BigInteger.One << 252;

    /// <summary>{0, 1}, the values of a boolean.</summary>
    public static readonly Interval Bit = new(0, 1);

    /// <summary>Whether every value is smaller than <see cref="Limit"/> in magnitude.</summary>
    public bool IsWithinLimit => Low > -Limit && High < Limit;

    /// <summary>Whether the interval is a single value.</summary>
    public bool IsPoint => Low == High;

    /// <summary>Bits needed for the magnitude of any value.</summary>
    public int MagnitudeBits => (int)BigInteger.Max(BigInteger.Abs(Low), BigInteger.Abs(High)).GetBitLength();

    /// <summary>Bits needed for value − Low, the width of a range check.</summary>
    public int Width => (int)(High - Low).GetBitLength();

    /// <summary>The interval of one value.</summary>
    public static Interval Point(BigInteger value) => new(value, value);

    public static Interval operator +(Interval a, Interval b) => new(a.Low + b.Low, a.High + b.High);

    public static Interval operator -(Interval a, Interval b) => new(a.Low - b.High, a.High - b.Low);

    public static Interval operator -(Interval a) => new(-a.High, -a.Low);

    /// <summary>The products of any two values.</summary>
    public static Interval operator *(Interval a, Interval b)
    {
        var (p, q, r, s) = (a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High);
        return new(BigInteger.Min(BigInteger.Min(p, q), BigInteger.Min(r, s)), BigInteger.Max(BigInteger.Max(p, q), BigInteger.Max(r, s)));
    }

    /// <summary>The smallest interval that holds both.</summary>
    public Interval Union(Interval other) => new(BigInteger.Min(Low, other.Low), BigInteger.Max(High, other.High));

    /// <summary>Whether every value of <paramref name="other"/> is in this interval.</summary>
    public bool Contains(Interval other) => Low <= other.Low && other.High <= High;

    /// <summary>Whether <paramref name="value"/> is in this interval.</summary>
    public bool Contains(BigInteger value) => Low <= value && value <= High;

    public override string ToString() => $"[{Show(Low)} .. {Show(High)}]";

    private static string Show(BigInteger value)
    {
        var magnitude = BigInteger.Abs(value);
        var sign = value.Sign < 0 ? "-" : "";
        if (magnitude < 1_000_000)
        {
            return value.ToString(null, null);
        }

        var exponent = (int)(magnitude + 9).GetBitLength() - 1;
        var rest = magnitude - (BigInteger.One << exponent);
        return rest.IsZero ? $"{sign}2^{exponent}"
            : BigInteger.Abs(rest) < 10 ? $"{sign}(2^{exponent} {(rest.Sign < 0 ? "-" : "+")} {BigInteger.Abs(rest)})"
            : value.ToString(null, null);
    }
}
