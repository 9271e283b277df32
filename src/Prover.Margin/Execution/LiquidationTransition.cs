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

        var (ledger, taker, lost) = (context.Ledger, Taker(liquidation), Lost(context.Ledger, liquidation));
        var market = ledger.Markets[liquidation.Market];
        return Risk.CheckFresh(ledger.Markets, context.Now, context.Configuration)
            ?? CheckAccount(market, liquidation, lost)
            ?? taker.Check(context)
            ?? OpenInterest.Check(liquidation.Market, market.OpenInterest + lost.InterestChange + taker.InterestChange(ledger), market.Price)
            ?? Risk.CheckHouse(ledger.House + lost.LeftOver(liquidation.Fee) + taker.LeftOver(ledger));
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

        var lost = Lost(ledger, liquidation);
        lost.Apply(ledger, lost.After, liquidation.Fee);
        Taker(liquidation).Apply(context, $"{name}.taker");
    }

    private static Rejection? CheckAccount(Market market, Liquidation liquidation, Move lost)
    {
        var index = liquidation.Account;
        if (lost.CheckRanges() is { } rejection)
        {
            return rejection;
        }

        var (before, after) = (lost.StandingBefore, lost.StandingAfter);
        return (before.HasMaintenanceMargin ? TooGood(index, before) : null)
            ?? (before.AboveCloseOut.Sign < 0 ? Risk.Refuse("below close-out margin", index, before, before.CloseOut) : null)
            ?? lost.CheckReduction()
            ?? CheckPrice(market, liquidation, lost.OldSize - lost.Size)
            ?? CheckDiscount(market, liquidation)
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

    private static Rejection? CheckDiscount(Market market, Liquidation liquidation)
    {
        var (left, least) = (Paid(liquidation) - liquidation.Fee, LeastQuote.Of(market, liquidation.Sells ? liquidation.Base : -liquidation.Base));
        return left >= least
            ? null
            : new("discount too great", $"account {liquidation.Account} gets {Numbers.Money(left)} for {Numbers.Size(liquidation.Base)} of market {liquidation.Market}, the fee taken off, and at least {Numbers.Money(least)} is due")
            {
                Account = liquidation.Account,
                Measure = new(left, least, Unit.Money),
            };
    }

    private static Move Lost(Ledger ledger, Liquidation liquidation) => new(
        ledger, liquidation.Account, liquidation.Market, liquidation.Sells ? -liquidation.Base : liquidation.Base, Paid(liquidation) - liquidation.Fee);

    private static BigInteger Paid(Liquidation liquidation) => liquidation.Sells ? liquidation.Quote : -(BigInteger)liquidation.Quote;

    private static Fill Taker(Liquidation liquidation) => new(liquidation.Market, liquidation.Base, liquidation.Quote, liquidation.Taker, Sells: !liquidation.Sells);
}
