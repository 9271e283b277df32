using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/trade.circuit on exact integers, its checks in the same order.</summary>
internal static class TradeTransition
{
    public static Rejection? Check(BatchContext context, Trade trade)
    {
        if (trade.Buyer.Account == trade.Seller.Account)
        {
            return new("same account on both sides", $"account {trade.Buyer.Account}");
        }

        return Risk.CheckFresh(context.Ledger.Prices, context.Now, context.Configuration)
            ?? CheckSide(context, trade, sells: false)
            ?? CheckSide(context, trade, sells: true)
            ?? CheckFees(context, trade);
    }

    public static void Apply(BatchContext context, Trade trade, int lane)
    {
        var name = $"trades[{lane}]";
        context.Inputs.SetInteger($"{name}.market", trade.Market);
        context.Inputs.SetInteger($"{name}.base", trade.Base);
        context.Inputs.SetInteger($"{name}.quote", trade.Quote);
        context.Words.SetTrade(lane, trade);
        ApplySide(context, trade, $"{name}.buyer", sells: false);
        ApplySide(context, trade, $"{name}.seller", sells: true);
        context.Ledger.Fees = unchecked(context.Ledger.Fees + trade.Buyer.Fee + trade.Seller.Fee);
    }

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
        inputs.Set($"{name}.order.signature", side.Signature);
        inputs.SetInteger($"{name}.slot.id", order.Id);
        inputs.SetInteger($"{name}.slot.filled", order.Filled);
        inputs.Set($"{name}.slot.path", ledger.OrderPathOf(side.Account, slot));
        inputs.SetInteger($"{name}.fee", side.Fee);
        ledger[side.Account] = After(ledger, trade, side, sells);
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
        var before = context.Ledger[side.Account];
        var cash = (Int128)before.Cash + CashChange(trade, side, sells);
        if (Int128.Abs(cash) > Limits.TradedCash)
        {
            return new("collateral out of range", $"{Numbers.Money(cash)} would exceed {Numbers.Money(Limits.TradedCash)} in account {side.Account}");
        }

        var size = before.Sizes[trade.Market] + (sells ? -trade.Base : trade.Base);
        return Math.Abs(size) > Limits.Size
            ? new("position too large", $"{Numbers.Size(size)} would exceed {Numbers.Size(Limits.Size)} in account {side.Account}")
            : Risk.CheckInitialMargin(side.Account, After(context.Ledger, trade, side, sells), context.Ledger.Prices, context.Configuration);
    }

    private static Rejection? CheckFees(BatchContext context, Trade trade)
    {
        var fees = (Int128)context.Ledger.Fees + trade.Buyer.Fee + trade.Seller.Fee;
        return fees <= Limits.Cash ? null : new("fees out of range", $"{Numbers.Money(fees)} would exceed {Numbers.Money(Limits.Cash)}");
    }

    private static Account After(Ledger ledger, Trade trade, OrderSide side, bool sells)
    {
        var before = ledger[side.Account];
        var slot = ledger.SlotOf(side.Id);
        var old = before.Orders.GetValueOrDefault(slot, new OrderSlot(0, 0));
        return before with
        {
            Cash = unchecked(before.Cash + (long)CashChange(trade, side, sells)),
            Sizes = before.Sizes.SetItem(trade.Market, unchecked(before.Sizes[trade.Market] + (sells ? -trade.Base : trade.Base))),
            Orders = before.Orders.SetItem(slot, new OrderSlot(side.Id, FilledBefore(old, side) + trade.Base)),
        };
    }

    private static Int128 CashChange(Trade trade, OrderSide side, bool sells) => (sells ? (Int128)trade.Quote : -(Int128)trade.Quote) - side.Fee;

    private static long FilledBefore(OrderSlot slot, OrderSide side) => slot.Id == side.Id ? slot.Filled : 0;
}
