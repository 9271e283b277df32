using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin;

/// <summary>What an account is worth and what it needs.</summary>
/// <param name="Value">Cash and all positions at their prices, in 10⁻⁶ USD with 32 fractional bits.</param>
/// <param name="Initial">The margin to open positions, in millionths of that unit.</param>
/// <param name="Maintenance">The margin to keep them.</param>
/// <param name="CloseOut">Below that margin the insurance fund takes over.</param>
public sealed record Standing(BigInteger Value, BigInteger Initial, BigInteger Maintenance, BigInteger CloseOut)
{
    /// <summary>By how much it is worth more than opening needs, in the unit of the margins; negative if less.</summary>
    public BigInteger AboveInitial => (Value * Limits.Million) - Initial;

    /// <summary>By how much it is worth more than keeping needs.</summary>
    public BigInteger AboveMaintenance => (Value * Limits.Million) - Maintenance;

    /// <summary>By how much it is worth more than what the insurance fund takes over.</summary>
    public BigInteger AboveCloseOut => (Value * Limits.Million) - CloseOut;

    /// <summary>
    /// Maintenance margin over worth in parts per million, downwards: who is deleveraged first. An account that is worth nothing or less has the greatest.
    /// </summary>
    public uint Rank => Value.Sign > 0 ? (uint)BigInteger.Min(uint.MaxValue, Maintenance / Value) : uint.MaxValue;

    /// <summary>Whether the account has the margin that opening needs.</summary>
    public bool HasInitialMargin => AboveInitial.Sign >= 0;

    /// <summary>Whether it has the margin that keeping needs; otherwise it may be liquidated.</summary>
    public bool HasMaintenanceMargin => AboveMaintenance.Sign >= 0;

    /// <summary>The standing of an account whose funding is paid.</summary>
    public static Standing Of(Account account, Markets markets) => Of(account.Cash, PositionMargin.Of(account, markets), account.Portfolio);

    /// <summary>The standing of an account once it has paid all funding.</summary>
    public static Standing Settled(Account account, Markets markets) =>
        Of(Settlement.Of(account, markets).Cash, PositionMargin.Of(account, markets), account.Portfolio);

    /// <summary>The standing of an amount of cash, in 10⁻⁶ USD, and positions whose funding is paid.</summary>
    /// <param name="cash">The cash.</param>
    /// <param name="positions">The positions.</param>
    /// <param name="portfolio">Whether scenarios say what they need, in the place of the first tiers.</param>
    public static Standing Of(BigInteger cash, ImmutableArray<PositionMargin> positions, bool portfolio)
    {
        var worst = portfolio ? ScenarioMargin.LossOf(positions) : BigInteger.Zero;
        var of = ScenarioMargin.OfLoss;
        var (value, initial, maintenance, closeOut) = (cash << 32, worst * of.Initial, worst * of.Maintenance, worst * of.CloseOut);
        foreach (var position in positions)
        {
            value += position.Worth;
            foreach (var tier in position.Tiers.Skip(portfolio ? 1 : 0))
            {
                initial += tier.Initial;
                maintenance += tier.Maintenance;
                closeOut += tier.CloseOut;
            }
        }

        return new(value, initial, maintenance, closeOut);
    }

    /// <summary>
    /// The standing after a part of a position is lost, as it is held against the one before: a part that hedged others leaves a greater need, which neither side of the
    /// zero quote counts.
    /// </summary>
    public Standing HeldAgainst(Standing before) => this with { Maintenance = BigInteger.Min(Maintenance, before.Maintenance) };

    /// <summary>Whether value over maintenance margin has not fallen since another standing.</summary>
    public bool IsNoWorseThan(Standing before) =>
        before.Value * Maintenance <= Value * before.Maintenance && (!before.Maintenance.IsZero || before.Value <= Value);
}
