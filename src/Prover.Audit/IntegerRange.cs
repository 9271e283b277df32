using System.Numerics;

namespace Prover.Audit;

/// <summary>A closed interval of integers. A field element is in it if some integer of the interval is congruent to it.</summary>
/// <param name="Low">The least integer.</param>
/// <param name="High">The greatest integer, at least <paramref name="Low"/>.</param>
internal readonly record struct IntegerRange(BigInteger Low, BigInteger High)
{
    /// <summary>[0, 1].</summary>
    public static IntegerRange Bit { get; } = new(0, 1);

    /// <summary>High − Low.</summary>
    public BigInteger Width => High - Low;

    /// <summary>Whether there is one integer only.</summary>
    public bool IsPoint => Low == High;

    /// <summary>Whether both ends are 0 or 1.</summary>
    public bool IsBit => Low.Sign >= 0 && High <= BigInteger.One;

    /// <summary>Whether being in the interval says anything, and each element has one integer in it: it is narrower than the modulus.</summary>
    public bool IsMeaningful => Width < Fr.Modulus;

    /// <summary>Whether no multiple of the modulus is in it, so that an element of it is not zero.</summary>
    public bool ExcludesZero
    {
        get
        {
            var remainder = BigInteger.Remainder(High, Fr.Modulus);
            return (remainder.Sign < 0 ? remainder + Fr.Modulus : remainder) > Width;
        }
    }

    /// <summary>Whether no element is in both: the difference of two integers, one of each, is never a multiple of the modulus.</summary>
    public bool IsDisjointFrom(IntegerRange other) => (this + (other * BigInteger.MinusOne)).ExcludesZero;

    /// <summary>[value, value].</summary>
    public static IntegerRange Point(BigInteger value) => new(value, value);

    public static IntegerRange operator +(IntegerRange x, IntegerRange y) => new(x.Low + y.Low, x.High + y.High);

    public static IntegerRange operator *(IntegerRange x, BigInteger factor) =>
        factor.Sign < 0 ? new(x.High * factor, x.Low * factor) : new(x.Low * factor, x.High * factor);

    public static IntegerRange operator *(IntegerRange x, IntegerRange y)
    {
        var (a, b, c, d) = (x.Low * y.Low, x.Low * y.High, x.High * y.Low, x.High * y.High);
        return new(BigInteger.Min(BigInteger.Min(a, b), BigInteger.Min(c, d)), BigInteger.Max(BigInteger.Max(a, b), BigInteger.Max(c, d)));
    }

    /// <summary>The least interval that holds both.</summary>
    public IntegerRange Hull(IntegerRange other) => new(BigInteger.Min(Low, other.Low), BigInteger.Max(High, other.High));

    /// <summary>What is known of an element that is in both.</summary>
    /// <remarks>
    /// If the hull is narrower than the modulus, both speak of one integer, which is in the intersection; an empty one means that
    /// no assignment satisfies the system, so that every claim is true. Otherwise the integers may differ by a multiple of the
    /// modulus, and the narrower interval is kept.
    /// </remarks>
    public IntegerRange And(IntegerRange other)
    {
        if (!Hull(other).IsMeaningful)
        {
            return other.Width < Width ? other : this;
        }

        var (low, high) = (BigInteger.Max(Low, other.Low), BigInteger.Min(High, other.High));
        return low <= high ? new(low, high) : this;
    }

    public override string ToString() => $"[{Low}, {High}]";
}
