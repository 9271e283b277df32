using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin;

/// <summary>A part of a position's notional, and how much more margin it takes.</summary>
/// <param name="From">Where the tier begins, in 10⁻⁶ USD with 32 fractional bits.</param>
/// <param name="Above">What of the notional lies above that.</param>
/// <param name="By">By how much it raises the fractions of the tiers below; all that the first tier takes.</param>
public sealed record Tier(BigInteger From, BigInteger Above, Margins By)
{
    /// <summary>Its part of the initial margin, in millionths of 10⁻⁶ USD with 32 fractional bits.</summary>
    public BigInteger Initial => Above * By.Initial;

    /// <summary>Its part of the maintenance margin.</summary>
    public BigInteger Maintenance => Above * By.Maintenance;

    /// <summary>Its part of the close-out margin.</summary>
    public BigInteger CloseOut => Above * By.CloseOut;
}

/// <summary>What a position is worth, and the tiers that make up what it needs.</summary>
/// <param name="Market">The market's number.</param>
/// <param name="Size">Positive if long.</param>
/// <param name="Price">The market's price.</param>
/// <param name="Tiers">The first, of the whole notional, and those that the notional reaches into.</param>
public sealed record PositionMargin(int Market, long Size, ulong Price, ImmutableArray<Tier> Tiers)
{
    /// <summary>By how much the market's price would change in each scenario.</summary>
    public ImmutableArray<long> Shocks { get; init; } = [];

    /// <summary>Size at the price, in 10⁻⁶ USD with 32 fractional bits; negative if short.</summary>
    public BigInteger Worth => (BigInteger)Size * Price;

    /// <summary>Its magnitude.</summary>
    public BigInteger Notional => BigInteger.Abs(Worth);

    /// <summary>All positions of an account, by the numbers of their markets.</summary>
    public static ImmutableArray<PositionMargin> Of(Account account, Markets markets) =>
        [.. account.Positions.Select(item => Of(item.Key, item.Value.Size, markets[item.Key]))];

    /// <summary>Like a tax table: each raise applies to what lies above its beginning.</summary>
    private static PositionMargin Of(int number, long size, Market market)
    {
        var notional = BigInteger.Abs(size) * market.Price;
        return new(
            number,
            size,
            market.Price,
            [
                new(BigInteger.Zero, notional, market.Base),
                .. market.Raises.Where(raise => raise.By != Margins.None && notional > raise.From).Select(raise => new Tier(raise.From, notional - raise.From, raise.By)),
            ])
        {
            Shocks = market.Shocks,
        };
    }
}
