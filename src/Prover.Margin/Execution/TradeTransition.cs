using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/trade.circuit on exact integers, its checks in the same order.</summary>
internal static class TradeTransition
{
    public static Rejection? Check(BatchContext context, Trade trade)
    {
        if (!context.Ledger.Markets[trade.Market].IsListed)
        {
            return new("market not listed", $"{trade.Market}");
        }

        if (trade.Buyer.Account == trade.Seller.Account)
        {
            return new("same account on both sides", $"account {trade.Buyer.Account}");
        }

        return Risk.CheckFresh(context.Ledger.Markets, context.Now, context.Configuration)
            ?? CheckSide(context, trade, sells: false)
            ?? CheckSide(context, trade, sells: true)
            ?? CheckInterest(trade.Market, InterestAfter(context.Ledger, trade), context.Ledger.Markets[trade.Market].Price)
            ?? CheckHouse(context, trade);
    }

    public static void Apply(BatchContext context, Trade trade, int lane)
    {
        var (name, ledger) = ($"trades[{lane}]", context.Ledger);
        context.Inputs.SetInteger($"{name}.market", trade.Market);
        context.Inputs.SetInteger($"{name}.base", trade.Base);
        context.Inputs.SetInteger($"{name}.quote", trade.Quote);
        context.Words.SetTrade(lane, trade);
        ApplySide(context, trade, $"{name}.buyer", sells: false);
        ApplySide(context, trade, $"{name}.seller", sells: true);
    }

    /// <summary>Null if so much of a market may be open at a price: that bounds the notional of every account.</summary>
    public static Rejection? CheckInterest(int market, BigInteger interest, ulong price) =>
        interest >= 0 && interest <= Limits.Size && interest * price < Limits.Notional
            ? null
            : new("open interest out of range", $"{Numbers.Size(interest)} of market {market} at {Numbers.Price(price)}");

    private static void ApplySide(BatchContext context, Trade trade, string name, bool sells)
    {
        var (ledger, side) = (context.Ledger, sells ? trade.Seller : trade.Buyer);
        var slot = ledger.SlotOf(side.Id);
        var order = ledger[side.Account].Orders.GetValueOrDefault(slot, new OrderSlot(0, 0));
        var inputs = context.Inputs;
        inputs.Set($"{name}.at", ledger, side.Account);
        inputs.SetInteger($"{name}.order.base", side.Base);
        inputs.SetInteger($"{name}.order.quote", side.Quote);
        inputs.SetInteger($"{name}.order.fee_cap", side.FeeCap);
        inputs.SetInteger($"{name}.order.id", side.Id);
        inputs.SetInteger($"{name}.order.expiry", side.Expiry);
        inputs.SetInteger($"{name}.order.reduce_only", side.ReduceOnly ? 1 : 0);
        inputs.Set($"{name}.order.signature", side.Signature);
        inputs.SetInteger($"{name}.slot.id", order.Id);
        inputs.SetInteger($"{name}.slot.filled", order.Filled);
        inputs.Set($"{name}.slot.path", ledger.OrderPathOf(side.Account, slot));
        inputs.SetInteger($"{name}.fee", side.Fee);
        var settled = Settlement.Of(ledger[side.Account], ledger.Markets);
        ledger[side.Account] = After(settled, ledger, trade, side, sells);
        ledger.House += settled.Rest + ((BigInteger)side.Fee << 32);
        if (trade.Market <= ledger.Markets.Count)
        {
            var market = ledger.Markets[trade.Market];
            var longer = LongIn((long)SizeAfter(settled.Account, trade, sells)) - LongIn(settled.Account.SizeIn(trade.Market));
            ledger.Markets = ledger.Markets.With(trade.Market, market with { OpenInterest = unchecked(market.OpenInterest + longer) });
        }
    }

    private static Rejection? CheckSide(BatchContext context, Trade trade, bool sells)
    {
        var (ledger, configuration) = (context.Ledger, context.Configuration);
        var side = sells ? trade.Seller : trade.Buyer;
        var account = ledger[side.Account];
        if (!Eddsa.Verify(account.Owner, Messages.Order(configuration, side, trade.Market, sells), side.Signature))
        {
            return new("bad signature", $"order {side.Id} of account {side.Account}");
        }

        if (context.Now > side.Expiry)
        {
            return new("order expired", $"at {side.Expiry}, now {context.Now}");
        }

        return CheckFill(ledger, trade, side) ?? CheckLimit(trade, side, sells) ?? CheckAfter(context, trade, side, sells);
    }

    private static Rejection? CheckFill(Ledger ledger, Trade trade, OrderSide side)
    {
        var slot = ledger[side.Account].Orders.GetValueOrDefault(ledger.SlotOf(side.Id), new OrderSlot(0, 0));
        if (side.Id < slot.Id)
        {
            return new("order superseded", $"{side.Id} by {slot.Id} in account {side.Account}");
        }

        var filled = FilledBefore(slot, side) + trade.Base;
        if (filled > side.Base)
        {
            return new("order overfilled", $"{Numbers.Size(filled)} of {Numbers.Size(side.Base)}, order {side.Id} of account {side.Account}");
        }

        return (Int128)side.Fee * side.Base > (Int128)side.FeeCap * trade.Base
            ? new("fee above its cap", $"{Numbers.Money(side.Fee)} for {Numbers.Size(trade.Base)} of {Numbers.Size(side.Base)}, cap {Numbers.Money(side.FeeCap)} for all, account {side.Account}")
            : null;
    }

    private static Rejection? CheckLimit(Trade trade, OrderSide side, bool sells)
    {
        var (paid, limit) = ((Int128)trade.Quote * side.Base, (Int128)side.Quote * trade.Base);
        return sells
            ? paid >= limit ? null : new("limit price", $"the seller gets {Numbers.Money(trade.Quote)} for {Numbers.Size(trade.Base)}, limit {Numbers.Money(side.Quote)} for {Numbers.Size(side.Base)}")
            : paid <= limit ? null : new("limit price", $"the buyer pays {Numbers.Money(trade.Quote)} for {Numbers.Size(trade.Base)}, limit {Numbers.Money(side.Quote)} for {Numbers.Size(side.Base)}");
    }

    private static Rejection? CheckAfter(BatchContext context, Trade trade, OrderSide side, bool sells)
    {
        var (ledger, markets) = (context.Ledger, context.Ledger.Markets);
        var settled = Settlement.Of(ledger[side.Account], markets);
        var (before, size) = (settled.Account.SizeIn(trade.Market), SizeAfter(settled.Account, trade, sells));
        if ((Risk.CheckCash(side.Account, settled.Cash, Limits.Cash)
            ?? Risk.CheckCash(side.Account, settled.Cash + CashChange(trade, side, sells), Limits.TradedCash)) is { } rejection)
        {
            return rejection;
        }

        if (BigInteger.Abs(size) > Limits.Size)
        {
            return new("position too large", $"{Numbers.Size(size)} would exceed {Numbers.Size(Limits.Size)} in account {side.Account}");
        }

        if (Risk.CheckRoom(side.Account, settled.Account, trade.Market, size, ledger.Shape.Slots) is { } full)
        {
            return full;
        }

        return side.ReduceOnly && !Risk.Shrinks(before, (long)size)
            ? new("order is reduce-only", $"from {Numbers.Size(before)} to {Numbers.Size(size)} in account {side.Account}")
            : Risk.CheckAcceptable(
                side.Account, Standing.Of(settled.Account, markets), Standing.Of(After(settled, ledger, trade, side, sells), markets), before, (long)size);
    }

    private static Rejection? CheckHouse(BatchContext context, Trade trade)
    {
        var ledger = context.Ledger;
        var house = ledger.House + ((BigInteger)(trade.Buyer.Fee + trade.Seller.Fee) << 32)
            + Settlement.Of(ledger[trade.Buyer.Account], ledger.Markets).Rest + Settlement.Of(ledger[trade.Seller.Account], ledger.Markets).Rest;
        return house < Limits.Notional ? null : new("fees out of range", $"{Numbers.Money(house >> 32)} would exceed {Numbers.Money(Limits.Notional >> 32)}");
    }

    private static Account After(Settlement settled, Ledger ledger, Trade trade, OrderSide side, bool sells)
    {
        var slot = ledger.SlotOf(side.Id);
        var old = settled.Account.Orders.GetValueOrDefault(slot, new OrderSlot(0, 0));
        return settled.With(settled.Cash + CashChange(trade, side, sells), trade.Market, SizeAfter(settled.Account, trade, sells), ledger.Markets, ledger.Shape.Slots) with
        {
            Orders = settled.Account.Orders.SetItem(slot, new OrderSlot(side.Id, FilledBefore(old, side) + trade.Base)),
        };
    }

    /// <summary>What is open after a trade between two accounts.</summary>
    private static BigInteger InterestAfter(Ledger ledger, Trade trade)
    {
        var (bought, sold) = (ledger[trade.Buyer.Account].SizeIn(trade.Market), ledger[trade.Seller.Account].SizeIn(trade.Market));
        return (BigInteger)ledger.Markets[trade.Market].OpenInterest + (LongIn(bought + trade.Base) - LongIn(bought)) + LongIn(sold - trade.Base) - LongIn(sold);
    }

    private static long LongIn(long size) => Math.Max(size, 0);

    private static BigInteger SizeAfter(Account account, Trade trade, bool sells) =>
        (BigInteger)account.SizeIn(trade.Market) + (sells ? -trade.Base : trade.Base);

    private static BigInteger CashChange(Trade trade, OrderSide side, bool sells) => (sells ? (BigInteger)trade.Quote : -(BigInteger)trade.Quote) - side.Fee;

    private static long FilledBefore(OrderSlot slot, OrderSide side) => slot.Id == side.Id ? slot.Filled : 0;
}
