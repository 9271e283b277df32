using System.Numerics;

namespace Prover.Margin;

/// <summary>
/// How far a price may move beside the price before, and a shock beside the shock before: band_of of circuits/margin/prices.circuit on exact integers.
/// </summary>
/// <param name="Span">Seconds for which prices may serve, the first and the last of them counted: 1 to 2²⁴.</param>
/// <param name="Elapsed">Seconds since the price before: 1 to 2⁴⁰.</param>
/// <param name="Move">Parts per million of the price before in a span.</param>
public readonly record struct PriceBand(long Span, long Elapsed, int Move)
{
    /// <summary>The band of a tick whose prices are newer than those before.</summary>
    public static PriceBand Of(long oldTime, long time, Configuration configuration) => new(configuration.MaxPriceAge + 1L, time - oldTime, configuration.MaxPriceMove);

    private BigInteger Scale => (BigInteger)Limits.Million * Span;

    /// <summary>How far a market's price, or each of its shocks, may move.</summary>
    public BigInteger Reach(Market old) => (((BigInteger)Move * old.Price) + ((BigInteger)old.Leeway * Limits.Million)) * Elapsed / Scale;

    /// <summary>Whether a price of a market may follow the one that it has.</summary>
    public bool Contains(Market old, ulong price) => BigInteger.Abs((BigInteger)price - old.Price) <= Reach(old);

    /// <summary>The price in the band that is nearest to one outside.</summary>
    public BigInteger Nearest(Market old, ulong price) => Nearest(old, old.Price, price);

    /// <summary>Whether the shock of a market in a scenario may follow the one that it has.</summary>
    public bool Contains(Market old, int scenario, long shock) => BigInteger.Abs((BigInteger)shock - old.Shocks[scenario]) <= Reach(old);

    /// <summary>The shock in the band that is nearest to one outside.</summary>
    public BigInteger Nearest(Market old, int scenario, long shock) => Nearest(old, old.Shocks[scenario], shock);

    /// <summary>What a market's price and shocks are held to, for people.</summary>
    public string Describe(Market old) =>
        $"at most {Move} ppm{(old.Leeway == 0 ? "" : $" and {Numbers.Price(old.Leeway)}")} in {Span} s, and {Elapsed} s have passed";

    private BigInteger Nearest(Market old, BigInteger before, BigInteger after) => after > before ? before + Reach(old) : before - Reach(old);
}
