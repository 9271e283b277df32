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

    /// <summary>The worst of the losses; 0 if there is none.</summary>
    public static BigInteger WorstOf(ImmutableArray<BigInteger> losses) => losses.Aggregate(BigInteger.Zero, BigInteger.Max);

    /// <summary>A market after a tick that brings scenarios for each market, or none: one that is not listed has no shocks.</summary>
    internal static Market After(Market market, int index, ImmutableArray<ImmutableArray<long>> shocks) =>
        shocks.IsEmpty ? market : market with { Shocks = market.IsListed ? shocks[index] : [.. new long[shocks[index].Length]] };

    /// <summary>Null unless a position in the market, whichever side it is on, would lose less than its close-out margin in all scenarios.</summary>
    internal static Rejection? Check(int number, Market market, ulong price, ImmutableArray<ImmutableArray<long>> shocks)
    {
        if (shocks.IsEmpty)
        {
            return null;
        }

        var least = (BigInteger)price * market.Base.CloseOut;
        var (fall, rise) = (-(BigInteger)shocks[number - 1].Min(), (BigInteger)shocks[number - 1].Max());
        return fall * Limits.Million < least ? TooMild("fall", fall) : rise * Limits.Million < least ? TooMild("rise", rise) : null;

        Rejection TooMild(string what, BigInteger shock)
        {
            var need = (least + Limits.Million - 1) / Limits.Million;
            return new("scenarios too mild", $"the greatest {what} in market {number} is {Numbers.Price(shock)}, need {Numbers.Price(need)}") { Measure = new(shock, need, Unit.Price) };
        }
    }
}
