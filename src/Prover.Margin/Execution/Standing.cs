using System.Numerics;

namespace Prover.Margin;

/// <summary>What an account is worth and what it needs.</summary>
/// <param name="Value">Cash and all positions at their prices, in 10⁻⁶ USD with 32 fractional bits.</param>
/// <param name="Initial">The margin to open positions, in millionths of that unit.</param>
/// <param name="Maintenance">The margin to keep them.</param>
/// <param name="CloseOut">Below that margin the insurance fund takes over.</param>
public sealed record Standing(BigInteger Value, BigInteger Initial, BigInteger Maintenance, BigInteger CloseOut)
{
    /// <summary>Whether the account has the margin that opening needs.</summary>
    public bool HasInitialMargin => Value * Limits.Million >= Initial;

    /// <summary>Whether it has the margin that keeping needs; otherwise it may be liquidated.</summary>
    public bool HasMaintenanceMargin => Value * Limits.Million >= Maintenance;

    /// <summary>The standing of an account whose funding is paid.</summary>
    public static Standing Of(Account account, Markets markets)
    {
        var (value, initial, maintenance, closeOut) = ((BigInteger)account.Cash << 32, BigInteger.Zero, BigInteger.Zero, BigInteger.Zero);
        foreach (var (number, position) in account.Positions)
        {
            var market = markets[number];
            var notional = BigInteger.Abs(position.Size) * market.Price;
            value += (BigInteger)position.Size * market.Price;
            initial += Requirement(market, notional, margins => margins.Initial);
            maintenance += Requirement(market, notional, margins => margins.Maintenance);
            closeOut += Requirement(market, notional, margins => margins.CloseOut);
        }

        return new(value, initial, maintenance, closeOut);
    }

    /// <summary>Whether value over maintenance margin has not fallen since another standing.</summary>
    public bool IsNoWorseThan(Standing before) =>
        before.Value * Maintenance <= Value * before.Maintenance && (!before.Maintenance.IsZero || before.Value <= Value);

    /// <summary>Like a tax table: each raise applies to what lies above its beginning.</summary>
    private static BigInteger Requirement(Market market, BigInteger notional, Func<Margins, int> fraction) =>
        (notional * fraction(market.Base))
        + market.Raises.Aggregate(BigInteger.Zero, (sum, raise) => sum + (BigInteger.Max(notional - raise.From, 0) * fraction(raise.By)));
}
