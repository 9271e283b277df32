using System.Numerics;
using System.Security.Cryptography;

namespace Prover.Margin;

/// <summary>apply_unlock of circuits/margin/lock.circuit on exact integers, its checks in the same order.</summary>
internal static class UnlockTransition
{
    private static readonly LockedTransfer None = new(0, 0, 0, BigInteger.Zero);

    public static Rejection? Check(BatchContext context, Unlock unlock)
    {
        var ledger = context.Ledger;
        var slot = ledger.OrderIn(unlock.Account, unlock.Id);
        if (slot.Id != unlock.Id || slot.Lock is not { } locked)
        {
            return new("no such lock", $"{unlock.Id} of account {unlock.Account}, in whose slot {(slot.Lock is null ? "order" : "lock")} {slot.Id} is") { Account = unlock.Account };
        }

        return CheckTime(unlock, locked, context.Now)
            ?? (unlock.IsClaim ? CheckSecret(unlock, HashOf(unlock.Secret!.Value), locked.Hash) : null)
            ?? (unlock.Receiver == locked.Receiver ? null : new Rejection("another receiver", $"account {unlock.Receiver}, the lock is for {locked.Receiver}") { Account = unlock.Receiver })
            ?? (unlock.IsClaim ? CheckReceiver(ledger, unlock, locked) : Risk.CheckCash(unlock.Account, (BigInteger)ledger[unlock.Account].Cash + locked.Amount, Limits.TradedCash));
    }

    public static void Apply(BatchContext context, Unlock unlock, int lane)
    {
        var (name, ledger, inputs) = ($"unlocks[{lane}]", context.Ledger, context.Inputs);
        var locked = ledger.OrderIn(unlock.Account, unlock.Id).Lock ?? None;
        inputs.SetInteger($"{name}.is_used", 1);
        inputs.SetInteger($"{name}.is_claim", unlock.IsClaim ? 1 : 0);
        LockTransition.Set(inputs, $"{name}.lock", unlock.Id, locked);
        inputs.SetHalves($"{name}.secret", unlock.Secret ?? BigInteger.Zero);
        inputs.Set($"{name}.path", ledger.OrderPathOf(unlock.Account, ledger.SlotOf(unlock.Id)));
        inputs.Set($"{name}.at", ledger, unlock.Account);
        context.Words.SetUnlock(lane, unlock);
        var account = ledger[unlock.Account];
        ledger[unlock.Account] = unchecked(account with
        {
            Cash = unlock.IsClaim ? account.Cash : account.Cash + locked.Amount,
            Orders = account.Orders.SetItem(ledger.SlotOf(unlock.Id), new(unlock.Id, Limits.Size)),
        });
        inputs.Set($"{name}.receiver", ledger, unlock.Receiver);
        if (unlock.IsClaim)
        {
            var receiver = ledger[unlock.Receiver];
            ledger[unlock.Receiver] = unchecked(receiver with { Cash = receiver.Cash + locked.Amount });
        }
    }

    private static Rejection? CheckTime(Unlock unlock, LockedTransfer locked, long now) => unlock.IsClaim
        ? LockTransition.CheckDeadline(locked, now)
        : now > locked.Deadline ? null : new("lock not expired", $"at {locked.Deadline}, now {now}") { Measure = new(now, locked.Deadline + 1, Unit.Time) };

    private static Rejection? CheckSecret(Unlock unlock, BigInteger hash, BigInteger expected) => hash == expected
        ? null
        : new("another secret", $"its SHA-256 is {Hexadecimal.Hash(hash)}, that of lock {unlock.Id} of account {unlock.Account} is {Hexadecimal.Hash(expected)}");

    private static Rejection? CheckReceiver(Ledger ledger, Unlock unlock, LockedTransfer locked) => ledger[unlock.Receiver].IsEmpty
        ? new("nobody's account", $"{unlock.Receiver}") { Account = unlock.Receiver }
        : Risk.CheckCash(unlock.Receiver, (BigInteger)ledger[unlock.Receiver].Cash + locked.Amount, Limits.TradedCash);

    private static BigInteger HashOf(BigInteger secret)
    {
        var bytes = new byte[32];
        secret.TryWriteBytes(bytes.AsSpan(32 - secret.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return new(SHA256.HashData(bytes), isUnsigned: true, isBigEndian: true);
    }
}
