using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/listing.circuit on exact integers, its checks in the same order.</summary>
internal static class MarketUpdateTransition
{
    public static Rejection? Check(BatchContext context, MarketUpdate update)
    {
        var (markets, configuration) = (context.Ledger.Markets, context.Configuration);
        if (update.Market > markets.Count)
        {
            return new("no such market", $"{update.Market}; there are {markets.Count}") { Measure = new(update.Market, markets.Count, Unit.Count) };
        }

        if (!Eddsa.Verify(configuration.Governance, Messages.Update(configuration, update, markets.Updates), update.Signature))
        {
            return new("bad signature", $"update {markets.Updates} of market {update.Market}, which the governance's key signs");
        }

        if (!IsInOrder(update.Base) || !update.Raises.All(raise => IsInOrder(raise.By)))
        {
            return new("margins not in order", $"of market {update.Market}: close-out at most maintenance, and that at most initial");
        }

        var most = update.Base.Initial + update.Raises.Sum(raise => raise.By.Initial);
        if (most > Limits.Million)
        {
            return new("margin above the notional", $"{most} ppm in market {update.Market}, base and raises together") { Measure = new(most, Limits.Million, Unit.Count) };
        }

        if (update.PortfolioOnly && context.Ledger.Shape.Scenarios == 0)
        {
            return new("no scenarios", $"for market {update.Market}; the shape has none");
        }

        var open = markets[update.Market].OpenInterest;
        if (update.PortfolioOnly != markets[update.Market].PortfolioOnly && open != 0)
        {
            return new("positions open", $"market {update.Market}, in which {Numbers.Size(open)} are open, cannot ask for another margin");
        }

        if (update.Base.CloseOut == 0 && (update.Base.Initial != 0 || open != 0))
        {
            return new("market without margin", open == 0 ? $"{update.Market}: close-out margin 0" : $"{update.Market}, in which {Numbers.Size(open)} are open");
        }

        return markets.Updates < uint.MaxValue ? null : new("too many updates", $"{markets.Updates}");
    }

    public static void Apply(BatchContext context, MarketUpdate update, int lane)
    {
        var (name, markets) = ($"updates[{lane}]", context.Ledger.Markets);
        context.Inputs.SetInteger($"{name}.market", update.Market);
        context.Inputs.Set(name, Market.None.After(update));
        context.Inputs.Set($"{name}.signature", update.Signature);
        context.Words.SetUpdate(lane, update);
        // What is of no market is refused; only experiments with refused transactions go on from there.
        var changed = update.Market > markets.Count
            ? markets
            : markets.With(update.Market, markets[update.Market].After(update));
        context.Ledger.Markets = changed with { Updates = unchecked(markets.Updates + 1) };
    }

    private static bool IsInOrder(Margins margins) => margins.CloseOut <= margins.Maintenance && margins.Maintenance <= margins.Initial;
}
