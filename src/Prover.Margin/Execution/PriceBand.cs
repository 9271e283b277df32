using System.Numerics;

namespace Prover.Margin;

/// <summary>How far a price may move beside the price before: band_of of circuits/margin/prices.circuit on exact integers.</summary>
/// <param name="Span">Seconds for which prices may serve, the first and the last of them counted: 1 to 2²⁴.</param>
/// <param name="Elapsed">Seconds since the price before: 1 to 2⁴⁰.</param>
/// <param name="Move">Parts per million of the price before in a span.</param>
internal readonly record struct PriceBand(long Span, long Elapsed, int Move)
{
    /// <summary>The band of a tick whose prices are newer than those before.</summary>
    public static PriceBand Of(long oldTime, long time, Configuration configuration) => new(configuration.MaxPriceAge + 1L, time - oldTime, configuration.MaxPriceMove);

    private BigInteger Scale => (BigInteger)Limits.Million * Span;

    /// <summary>Whether a price may follow another.</summary>
    public bool Contains(ulong old, ulong price) => BigInteger.Abs((BigInteger)price - old) * Scale <= Allowed(old);

    /// <summary>The price in the band that is nearest to one outside.</summary>
    public BigInteger Nearest(ulong old, ulong price) => price > old ? old + (Allowed(old) / Scale) : old - (Allowed(old) / Scale);

    /// <inheritdoc/>
    public override string ToString() => $"at most {Move} ppm in {Span} s, and {Elapsed} s have passed";

    // Below 2²⁰·2⁴⁰·2⁶⁴.
    private BigInteger Allowed(ulong old) => (BigInteger)Move * Elapsed * old;
}
