using System.Numerics;

namespace Prover.Margin;

/// <summary>circuits/margin/liquidate.circuit on exact integers, its checks in the same order.</summary>
internal static class LiquidationTransition
{
    public static Rejection? Check(BatchContext context, Liquidation liquidation)
    {
        if (liquidation.Account == liquidation.Taker.Account)
        {
            return new("same account on both sides", $"account {liquidation.Account}");
        }

        var (ledger, taker) = (context.Ledger, Taker(liquidation));
        var market = ledger.Markets[liquidation.Market];
        var settled = Settlement.Of(ledger[liquidation.Account], ledger.Markets);
        return Risk.CheckFresh(ledger.Markets, context.Now, context.Configuration)
            ?? CheckAccount(ledger, liquidation, settled)
            ?? taker.Check(context)
            ?? OpenInterest.Check(liquidation.Market, market.OpenInterest + InterestChange(settled, liquidation) + taker.InterestChange(ledger), market.Price)
            ?? Risk.CheckHouse(ledger.House + settled.Rest + ((BigInteger)liquidation.Fee << 32) + taker.LeftOver(ledger));
    }

    public static void Apply(BatchContext context, Liquidation liquidation, int lane)
    {
        var (name, ledger, inputs) = ($"liquidations[{lane}]", context.Ledger, context.Inputs);
        inputs.SetInteger($"{name}.market", liquidation.Market);
        inputs.SetInteger($"{name}.base", liquidation.Base);
        inputs.SetInteger($"{name}.quote", liquidation.Quote);
        inputs.SetInteger($"{name}.sells", liquidation.Sells ? 1 : 0);
        inputs.Set($"{name}.at", ledger, liquidation.Account);
        inputs.SetInteger($"{name}.fee", liquidation.Fee);
        context.Words.SetLiquidation(lane, liquidation);

        var settled = Settlement.Of(ledger[liquidation.Account], ledger.Markets);
        ledger[liquidation.Account] = After(settled, ledger, liquidation);
        ledger.House += settled.Rest + ((BigInteger)liquidation.Fee << 32);
        OpenInterest.Add(ledger, liquidation.Market, InterestChange(settled, liquidation));
        Taker(liquidation).Apply(context, $"{name}.taker");
    }

    private static Rejection? CheckAccount(Ledger ledger, Liquidation liquidation, Settlement settled)
    {
        var (index, markets) = (liquidation.Account, ledger.Markets);
        var (size, left) = (settled.Account.SizeIn(liquidation.Market), SizeAfter(settled, liquidation));
        var cash = settled.Cash + Paid(liquidation) - liquidation.Fee;
        if ((Risk.CheckCash(index, settled.Cash, Limits.Cash) ?? Risk.CheckCash(index, cash, Limits.TradedCash) ?? Risk.CheckSize(index, left)) is { } rejection)
        {
            return rejection;
        }

        var (before, after) = (Standing.Of(settled.Account, markets), Standing.Of(After(settled, ledger, liquidation), markets));
        return Risk.CheckValue(index, before)
            ?? Risk.CheckValue(index, after)
            ?? (before.HasMaintenanceMargin ? TooGood(index, before) : null)
            ?? (before.AboveCloseOut.Sign < 0 ? Risk.Refuse("below close-out margin", index, before, before.CloseOut) : null)
            ?? (Risk.Shrinks(size, (long)left) ? null : new Rejection("no reduction", $"from {Numbers.Size(size)} to {Numbers.Size(left)} in account {index}") { Account = index })
            ?? CheckPrice(markets[liquidation.Market], liquidation, size - left)
            ?? (after.IsNoWorseThan(before) ? null : new Rejection(
                "worth falls against margin",
                $"from {Numbers.Money(before.Value >> 32)} to {Numbers.Money(after.Value >> 32)} in account {index}, whose maintenance margin falls from "
                + $"{Risk.Show(before.Maintenance)} to {Risk.Show(after.Maintenance)}") { Account = index });
    }

    private static Rejection TooGood(long index, Standing standing) =>
        Risk.Refuse("not below maintenance margin", index, standing, standing.Maintenance) with
        {
            Measure = new(standing.Value * Limits.Million, standing.Maintenance - 1, Unit.Margin),
        };

    private static Rejection? CheckPrice(Market market, Liquidation liquidation, BigInteger reduced) =>
        Paid(liquidation) << 32 <= market.Price * reduced
            ? null
            : new("price better than the oracle's", $"{Numbers.Money(liquidation.Quote)} for {Numbers.Size(liquidation.Base)} at {Numbers.Price(market.Price)}")
            {
                Account = liquidation.Account,
                Measure = new(liquidation.Quote, BigInteger.Abs((market.Price * reduced) >> 32), Unit.Money),
            };

    private static Account After(Settlement settled, Ledger ledger, Liquidation liquidation) => settled.With(
        settled.Cash + Paid(liquidation) - liquidation.Fee, liquidation.Market, SizeAfter(settled, liquidation), ledger.Markets, ledger.Shape.Slots);

    private static BigInteger SizeAfter(Settlement settled, Liquidation liquidation) =>
        (BigInteger)settled.Account.SizeIn(liquidation.Market) + (liquidation.Sells ? -liquidation.Base : liquidation.Base);

    private static BigInteger InterestChange(Settlement settled, Liquidation liquidation) =>
        OpenInterest.Change(settled.Account.SizeIn(liquidation.Market), SizeAfter(settled, liquidation));

    private static BigInteger Paid(Liquidation liquidation) => liquidation.Sells ? liquidation.Quote : -(BigInteger)liquidation.Quote;

    private static Fill Taker(Liquidation liquidation) => new(liquidation.Market, liquidation.Base, liquidation.Quote, liquidation.Taker, Sells: !liquidation.Sells);
}
