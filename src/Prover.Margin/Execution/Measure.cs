using System.Globalization;
using System.Numerics;

namespace Prover.Margin;

/// <summary>What the numbers of a <see cref="Measure"/> count.</summary>
public enum Unit
{
    /// <summary>10⁻⁶ USD.</summary>
    Money,

    /// <summary>Millionths of 10⁻⁶ USD with 32 fractional bits, in which worth and margin are compared.</summary>
    Margin,

    /// <summary>Units of size.</summary>
    Size,

    /// <summary>10⁻⁶ USD per unit of size, 32.32 fixed point.</summary>
    Price,

    /// <summary>Seconds since 1970.</summary>
    Time,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Parts per million of a notional.</summary>
    PartsPerMillion,

    /// <summary>Things of a kind.</summary>
    Count,
}

/// <summary>The number that a rule found, and the nearest one that it accepts.</summary>
/// <param name="Have">What there was.</param>
/// <param name="Need">The least that would have been enough if that is more, the most that would have been allowed if it is less.</param>
/// <param name="Unit">What both count.</param>
public sealed record Measure(BigInteger Have, BigInteger Need, Unit Unit)
{
    /// <summary>Whether there was too little; otherwise there was too much.</summary>
    public bool IsTooLittle => Have < Need;

    /// <summary>What is missing or too much, above zero.</summary>
    public BigInteger Gap => BigInteger.Abs(Need - Have);

    /// <summary>The gap in 10⁻⁶ USD, rounded up so that paying it is enough.</summary>
    /// <remarks>Of money and margin only.</remarks>
    public BigInteger GapInMoney => Unit == Unit.Margin ? -Risk.Floor(-Gap) : Gap;

    /// <summary>One of its numbers for people; margin is rounded down to 10⁻⁶ USD, prices to 10⁻¹² USD.</summary>
    public string Show(BigInteger number) => Unit switch
    {
        Unit.Money => Numbers.Money(number),
        Unit.Margin => Risk.Show(number),
        Unit.Size => Numbers.Size(number),
        Unit.Price => Numbers.Price(number),
        Unit.Seconds => $"{number} s",
        Unit.PartsPerMillion => $"{number} ppm",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The gap for people; margin is rounded up to 10⁻⁶ USD.</summary>
    public string ShowGap() => Unit switch
    {
        Unit.Margin => Numbers.Money(GapInMoney),
        Unit.Time => $"{Gap} s",
        _ => Show(Gap),
    };
}
