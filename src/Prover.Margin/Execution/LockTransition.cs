using Prover.Primitives;

namespace Prover.Margin;

/// <summary>apply_lock of circuits/margin/lock.circuit on exact integers, its checks in the same order.</summary>
internal static class LockTransition
{
    public static Rejection? Check(BatchContext context, HashLock transaction)
    {
        var (ledger, index, locked) = (context.Ledger, transaction.Account, transaction.Lock);
        if (index == locked.Receiver)
        {
            return new("same account on both sides", $"account {index}");
        }

        if (locked.Receiver >= ledger.Capacity)
        {
            return new("no such account", $"{locked.Receiver}; the tree has accounts 0 to {ledger.Capacity - 1}") { Measure = new(locked.Receiver, ledger.Capacity - 1, Unit.Count) };
        }

        if (!Eddsa.Verify(ledger[index].Owner, Messages.Lock(context.Configuration, transaction), transaction.Signature))
        {
            return new("bad signature", $"lock of account {index}") { Account = index };
        }

        var settled = Settlement.Of(ledger[index], ledger.Markets);
        return CheckDeadline(locked, context.Now)
            ?? CheckSlot(ledger, transaction)
            ?? Risk.CheckFresh(ledger.Markets, context.Now, context.Configuration)
            ?? Risk.CheckCash(index, settled.Cash, Limits.Cash)
            ?? Risk.CheckCash(index, settled.Cash - locked.Amount, Limits.TradedCash)
            ?? Risk.CheckInitialMargin(index, Standing.Of(After(ledger, settled, transaction), ledger.Markets))
            ?? Risk.CheckHouse(ledger.House + settled.Rest);
    }

    public static void Apply(BatchContext context, HashLock transaction, int lane)
    {
        var (name, ledger) = ($"locks[{lane}]", context.Ledger);
        Set(context.Inputs, $"{name}.lock", transaction.Id, transaction.Lock);
        context.Inputs.Set($"{name}.at", ledger, transaction.Account);
        context.Inputs.SetOrderSlot($"{name}.slot", ledger, transaction.Account, transaction.Id);
        context.Inputs.Set($"{name}.signature", transaction.Signature);
        context.Words.SetLock(lane, transaction);
        var settled = Settlement.Of(ledger[transaction.Account], ledger.Markets);
        ledger[transaction.Account] = After(ledger, settled, transaction);
        ledger.House += settled.Rest;
    }

    /// <summary>Sets a lock's inputs.</summary>
    public static void Set(CircuitInputs inputs, string name, uint id, LockedTransfer locked)
    {
        inputs.SetInteger($"{name}.id", id);
        inputs.SetInteger($"{name}.receiver", locked.Receiver);
        inputs.SetInteger($"{name}.amount", locked.Amount);
        inputs.SetInteger($"{name}.deadline", locked.Deadline);
        inputs.SetHalves($"{name}.hash", locked.Hash);
    }

    /// <summary>Null until the deadline is over.</summary>
    public static Rejection? CheckDeadline(LockedTransfer locked, long now) => now <= locked.Deadline
        ? null
        : new("lock expired", $"at {locked.Deadline}, now {now}") { Measure = new(now, locked.Deadline, Unit.Time) };

    private static Rejection? CheckSlot(Ledger ledger, HashLock transaction)
    {
        var slot = ledger.OrderIn(transaction.Account, transaction.Id);
        return transaction.Id > slot.Id
            ? slot.CheckOrder(transaction.Account)
            : new("order superseded", $"{transaction.Id} by {slot.Id} in account {transaction.Account}") { Account = transaction.Account, Measure = new(transaction.Id, (long)slot.Id + 1, Unit.Count) };
    }

    private static Account After(Ledger ledger, Settlement settled, HashLock transaction) => unchecked(settled.Account with
    {
        Cash = settled.Account.Cash - transaction.Lock.Amount,
        Orders = settled.Account.Orders.SetItem(ledger.SlotOf(transaction.Id), new(transaction.Id, 0) { Lock = transaction.Lock }),
    });
}
