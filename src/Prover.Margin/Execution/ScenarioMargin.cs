using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin;

/// <summary>circuits/margin/portfolio.circuit: what an account with portfolio margin would lose in scenarios, and what that makes it need.</summary>
public static class ScenarioMargin
{
    /// <summary>How much margin the worst loss takes, in parts per million of it.</summary>
    public static Margins OfLoss { get; } = new(1_000_000, 750_000, 500_000);

    /// <summary>What all positions together lose in each scenario, in 10⁻⁶ USD with 32 fractional bits; negative where they gain. Of no positions, none.</summary>
    public static ImmutableArray<BigInteger> LossesOf(ImmutableArray<PositionMargin> positions) => positions.IsEmpty
        ? []
        : [.. positions[0].Shocks.Select((_, k) => positions.Aggregate(BigInteger.Zero, (loss, position) => loss - ((BigInteger)position.Size * position.Shocks[k])))];

    /// <summary>
    /// The loss that margin is asked for, in the same unit: the worst in a scenario, and at least the close-out margin of the first tiers, for what hedges itself in
    /// all scenarios may still lose when prices that went together part.
    /// </summary>
    public static BigInteger LossOf(ImmutableArray<PositionMargin> positions)
    {
        var closeOut = positions.Aggregate(BigInteger.Zero, (sum, position) => sum + position.Tiers[0].CloseOut);
        return LossesOf(positions).Aggregate((closeOut + Limits.Million - 1) / Limits.Million, BigInteger.Max);
    }

    /// <summary>
    /// A market after a tick that has brought its price, and scenarios for each market or none: one that is not listed has no shocks, and nothing loses more than all
    /// that it is worth.
    /// </summary>
    internal static Market After(Market market, int index, ImmutableArray<ImmutableArray<long>> shocks) => shocks.IsEmpty
        ? market
        : market with { Shocks = market.IsListed ? [.. shocks[index].Select(shock => (long)BigInteger.Max(shock, -(BigInteger)market.Price))] : [.. new long[shocks[index].Length]] };
}
