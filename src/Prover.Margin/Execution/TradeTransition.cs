namespace Prover.Margin;

/// <summary>circuits/margin/trade.circuit on exact integers, its checks in the same order.</summary>
internal static class TradeTransition
{
    public static Rejection? Check(BatchContext context, Trade trade)
    {
        var ledger = context.Ledger;
        var market = ledger.Markets[trade.Market];
        if (!market.IsTraded)
        {
            return new("market not listed", market.IsListed ? $"{trade.Market} has no price yet" : $"{trade.Market}");
        }

        if (trade.Buyer.Account == trade.Seller.Account)
        {
            return new("same account on both sides", $"account {trade.Buyer.Account}");
        }

        var (buys, sells) = (Buys(trade), Sells(trade));
        return Risk.CheckFresh(ledger.Markets, context.Now, context.Configuration)
            ?? buys.Check(context)
            ?? sells.Check(context)
            ?? OpenInterest.Check(trade.Market, market.OpenInterest + buys.InterestChange(ledger) + sells.InterestChange(ledger), market.Price)
            ?? Risk.CheckHouse(ledger.House + buys.LeftOver(ledger) + sells.LeftOver(ledger));
    }

    public static void Apply(BatchContext context, Trade trade, int lane)
    {
        var name = $"trades[{lane}]";
        context.Inputs.SetInteger($"{name}.market", trade.Market);
        context.Inputs.SetInteger($"{name}.base", trade.Base);
        context.Inputs.SetInteger($"{name}.quote", trade.Quote);
        context.Words.SetTrade(lane, trade);
        Buys(trade).Apply(context, $"{name}.buyer");
        Sells(trade).Apply(context, $"{name}.seller");
    }

    private static Fill Buys(Trade trade) => new(trade.Market, trade.Base, trade.Quote, trade.Buyer, Sells: false);

    private static Fill Sells(Trade trade) => new(trade.Market, trade.Base, trade.Quote, trade.Seller, Sells: true);
}
