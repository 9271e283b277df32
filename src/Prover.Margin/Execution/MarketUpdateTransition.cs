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

        if ((CheckOrder(update.Market, "base", update.Base) ?? CheckRaises(update)) is { } disorder)
        {
            return disorder;
        }

        var most = update.Base.Initial + update.Raises.Sum(raise => raise.By.Initial);
        if (most > Limits.Million)
        {
            return new("margin above the notional", $"{most} ppm in market {update.Market}, base and raises together") { Measure = new(most, Limits.Million, Unit.PartsPerMillion) };
        }

        if (update.PortfolioOnly && context.Ledger.Shape.Scenarios == 0)
        {
            return new("no scenarios", $"for market {update.Market}; the shape has none") { Measure = new(0, 1, Unit.Count) };
        }

        if ((update.Leeway != 0) != update.PortfolioOnly)
        {
            return new("leeway and portfolio margin go together", $"market {update.Market} has {Numbers.Price(update.Leeway)} and is {(update.PortfolioOnly ? "" : "not ")}one");
        }

        var open = markets[update.Market].OpenInterest;
        if (update.PortfolioOnly != markets[update.Market].PortfolioOnly && open != 0)
        {
            return new("positions open", $"market {update.Market}, in which {Numbers.Size(open)} are open, cannot ask for another margin") { Measure = new(open, 0, Unit.Size) };
        }

        if (update.Base.CloseOut == 0 && (update.Base.Initial != 0 || open != 0))
        {
            return new("market without margin", $"{update.Market}: close-out margin 0 and initial margin {update.Base.Initial} ppm, {Numbers.Size(open)} open")
            {
                Measure = update.Base.Initial == 0 ? new(open, 0, Unit.Size) : new(0, 1, Unit.PartsPerMillion),
            };
        }

        return markets.Updates < uint.MaxValue ? null : new("too many updates", $"{markets.Updates}") { Measure = new(markets.Updates + 1L, uint.MaxValue, Unit.Count) };
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

    private static Rejection? CheckRaises(MarketUpdate update) =>
        update.Raises.Index().Select(item => CheckOrder(update.Market, $"raise {item.Index + 1}", item.Item.By)).FirstOrDefault(disorder => disorder is not null);

    private static Rejection? CheckOrder(int market, string tier, Margins margins)
    {
        var (initial, maintenance, closeOut) = margins;
        return closeOut <= maintenance && maintenance <= initial
            ? null
            : new("margins not in order", $"{tier} of market {market}: close-out {closeOut} ppm, maintenance {maintenance} ppm, initial {initial} ppm; none may be above the next")
            {
                Measure = closeOut > maintenance ? new(closeOut, maintenance, Unit.PartsPerMillion) : new(maintenance, initial, Unit.PartsPerMillion),
            };
    }
}
