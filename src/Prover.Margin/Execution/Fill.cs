using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>A part of a signed order that is filled: what require_order and traded of circuits/margin/trade.circuit say of one side, in the same order.</summary>
/// <param name="Market">The market's number.</param>
/// <param name="Base">The size that changes hands.</param>
/// <param name="Quote">What is paid for it.</param>
/// <param name="Order">The order.</param>
/// <param name="Sells">Whether it sells.</param>
internal sealed record Fill(int Market, long Base, long Quote, OrderSide Order, bool Sells)
{
    public Rejection? Check(BatchContext context) =>
        Signers.Check(context, Order.Account, Order.Session, Messages.Order(context.Configuration, Order, Market, Sells), Order.Signature, $"order {Order.Id} of account {Order.Account}")
            ?? (context.Now > Order.Expiry ? new Rejection("order expired", $"at {Order.Expiry}, now {context.Now}") { Account = Order.Account, Measure = new(context.Now, Order.Expiry, Unit.Time) } : null)
            ?? CheckFill(context.Ledger)
            ?? CheckLimit()
            ?? CheckAfter(context);

    /// <summary>Sets the side's inputs and changes account, open interest and house.</summary>
    public void Apply(BatchContext context, string name)
    {
        var ledger = context.Ledger;
        var inputs = context.Inputs;
        inputs.Set($"{name}.at", ledger, Order.Account);
        inputs.SetInteger($"{name}.order.base", Order.Base);
        inputs.SetInteger($"{name}.order.quote", Order.Quote);
        inputs.SetInteger($"{name}.order.fee_cap", Order.FeeCap);
        inputs.SetInteger($"{name}.order.id", Order.Id);
        inputs.SetInteger($"{name}.order.expiry", Order.Expiry);
        inputs.SetInteger($"{name}.order.reduce_only", Order.ReduceOnly ? 1 : 0);
        inputs.Set($"{name}.order.signature", Order.Signature);
        inputs.Set($"{name}.signer", ledger[Order.Account], Order.Session);
        inputs.SetOrderSlot($"{name}.slot", ledger, Order.Account, Order.Id);
        inputs.SetInteger($"{name}.fee", Order.Fee);

        var move = In(ledger);
        move.Apply(
            ledger,
            move.After with { Orders = move.After.Orders.SetItem(ledger.SlotOf(Order.Id), new OrderSlot(Order.Id, unchecked(FilledBefore(OldSlot(ledger)) + Base))) },
            Order.Fee);
    }

    /// <summary>By how much the open interest of the market changes.</summary>
    public BigInteger InterestChange(Ledger ledger) => In(ledger).InterestChange;

    /// <summary>What the fill leaves over for the house.</summary>
    public BigInteger LeftOver(Ledger ledger) => In(ledger).LeftOver(Order.Fee);

    private Rejection? CheckFill(Ledger ledger)
    {
        var slot = OldSlot(ledger);
        if (Order.Id < slot.Id)
        {
            return new("order superseded", $"{Order.Id} by {slot.Id} in account {Order.Account}") { Account = Order.Account, Measure = new(Order.Id, slot.Id, Unit.Count) };
        }

        var filled = (BigInteger)FilledBefore(slot) + Base;
        if (filled > Order.Base)
        {
            return FilledBefore(slot) == Limits.Size
                ? new("order overfilled", $"order {Order.Id} of account {Order.Account} is cancelled") { Account = Order.Account }
                : new("order overfilled", $"{Numbers.Size(filled)} of {Numbers.Size(Order.Base)}, order {Order.Id} of account {Order.Account}")
                {
                    Account = Order.Account,
                    Measure = new(filled, Order.Base, Unit.Size),
                };
        }

        return (Int128)Order.Fee * Order.Base > (Int128)Order.FeeCap * Base
            ? new("fee above its cap", $"{Numbers.Money(Order.Fee)} for {Numbers.Size(Base)} of {Numbers.Size(Order.Base)}, cap {Numbers.Money(Order.FeeCap)} for all, account {Order.Account}")
            {
                Account = Order.Account,
                Measure = new(Order.Fee, (BigInteger)Order.FeeCap * Base / Order.Base, Unit.Money),
            }
            : slot.CheckOrder(Order.Account);
    }

    private Rejection? CheckLimit()
    {
        var (paid, limit) = ((Int128)Quote * Order.Base, (Int128)Order.Quote * Base);
        if (Sells ? paid >= limit : paid <= limit)
        {
            return null;
        }

        // The nearest whole amount that the limit allows.
        var nearest = Sells ? (limit + Order.Base - 1) / Order.Base : limit / Order.Base;
        return new(
            "limit price",
            $"the {(Sells ? "seller gets" : "buyer pays")} {Numbers.Money(Quote)} for {Numbers.Size(Base)}, limit {Numbers.Money(Order.Quote)} for {Numbers.Size(Order.Base)}")
        {
            Account = Order.Account,
            Measure = new(Quote, nearest, Unit.Money),
        };
    }

    private Rejection? CheckAfter(BatchContext context)
    {
        var move = In(context.Ledger);
        return move.CheckRanges()
            ?? move.CheckHolding()
            ?? (Order.ReduceOnly && move.CheckReduction() is { } grows ? grows with { Rule = "order is reduce-only" } : null)
            ?? move.CheckAcceptable();
    }

    private OrderSlot OldSlot(Ledger ledger) => ledger.OrderIn(Order.Account, Order.Id);

    private Move In(Ledger ledger) =>
        new(ledger, Order.Account, Market, Sells ? -Base : Base, (Sells ? (BigInteger)Quote : -(BigInteger)Quote) - Order.Fee);

    private long FilledBefore(OrderSlot slot) => slot.Id == Order.Id ? slot.Filled : 0;
}
