using System.Numerics;
using System.Text;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>The rules of circuits/margin/lock.circuit. Alice locks five for Bob, in the slot of order 3.</summary>
internal static class LockCases
{
    private static readonly BigInteger Secret = new(Encoding.ASCII.GetBytes(Desk.SecretText), isUnsigned: true, isBigEndian: true);

    public static IEnumerable<RuleCase> All =>
    [
        new("a lock signed by another", "bad signature", Locked(), Desk.Locking(Desk.Lock(signedBy: (int)Desk.Bob))),
        new("a lock of another amount", "bad signature", Locked(), Altered(locked => locked with { Amount = 6 })),
        new("a lock for another receiver", "bad signature", Locked(), Altered(locked => locked with { Receiver = Desk.Carol })),
        new("a lock until another deadline", "bad signature", Locked(), Altered(locked => locked with { Deadline = locked.Deadline + 1 })),
        new("a lock under a hash with another last byte", "bad signature", Locked(), Altered(locked => locked with { Hash = locked.Hash ^ 1 })),
        new("a lock under a hash with another first byte", "bad signature", Locked(), Altered(locked => locked with { Hash = locked.Hash ^ (BigInteger.One << 248) })),
        new("a lock in another slot", "bad signature", Locked(), Desk.Locking(Desk.Lock() with { Id = 2 })),
        new("a lock for oneself", "same account on both sides", Locked(), Signed(locked => locked with { Receiver = Desk.Alice })),
        new("a lock for an account that there is not", "no such account", Signed(locked => locked with { Receiver = 15 }), Signed(locked => locked with { Receiver = 16 })),
        new("a lock whose time is over", "lock expired", Signed(locked => locked with { Deadline = Desk.Now }), Signed(locked => locked with { Deadline = Desk.Now - 1 })),
        new("a lock brought twice", "order superseded", InSlot(new(3, 5), id: 7), InSlot(new(3, 5), id: 3)),
        new("a lock over a lock", "order slot not in the account", InSlot(new(3, 0), id: 7), InSlot(new(3, 0) { Lock = Desk.Locked() }, id: 7)),
        new("a lock at stale prices", "stale prices", Locked().WithPrices(Desk.Now - 60, Desk.Price), Locked().WithPrices(Desk.Now - 61, Desk.Price)),
        new("a lock of more than there is", "initial margin", Locked().WithCash(Desk.Alice, 5), Locked().WithCash(Desk.Alice, 4)),
        new("a lock that leaves a debt beyond the range", "collateral out of range", InDebt(5 - Limits.TradedCash), InDebt(4 - Limits.TradedCash)),

        new("a claim that comes late", "lock expired", Claim(Desk.Now), Claim(Desk.Now - 1)),
        new("a refund that comes early", "lock not expired", Refund(Desk.Now - 1), Refund(Desk.Now)),
        new("a claim with another secret", "another secret", Claim(), Claim(secret: Secret ^ 1)),
        new("a claim with another first half", "another secret", Claim(), Claim(secret: Secret ^ (BigInteger.One << 200))),
        new("a claim for somebody else", "another receiver", Claim(), Claim(receiver: Desk.Carol).With(Desk.Carol, _ => Desk.Owned(Desk.Carol, 1))),
        new("a claim of nobody's lock", "no such lock", Claim(), Claim(id: 7)),
        new("a claim for nobody", "nobody's account", Claim().With(Desk.Bob, _ => Desk.Owned(Desk.Bob, 0)), Claim().With(Desk.Bob, _ => Account.Empty)),
        new("a claim that brings more than an account may have", "collateral out of range", Claim().WithCash(Desk.Bob, Limits.TradedCash - 5), Claim().WithCash(Desk.Bob, Limits.TradedCash - 4)),
        new("a refund that brings more than an account may have", "collateral out of range", Refund(Desk.Now - 1).WithCash(Desk.Alice, Limits.TradedCash - 5), Refund(Desk.Now - 1).WithCash(Desk.Alice, Limits.TradedCash - 4)),
        new("a claim brought twice", "no such lock", Claim(), With(Claim(), new(3, Limits.Size))),

        new("an order in the slot of a lock", "order slot not in the account", With(Desk.Batch(Desk.Trade()), new(3, 0)), With(Desk.Batch(Desk.Trade()), new(3, 0) { Lock = Desk.Locked() })),
        new("a cancel in the slot of a lock", "order slot not in the account", With(Desk.Housekeeping(Desk.Cancel(Desk.Alice, 3)), new(3, 0)), With(Desk.Housekeeping(Desk.Cancel(Desk.Alice, 3)), new(3, 0) { Lock = Desk.Locked() })),
    ];

    public static Batch Claim(long deadline = Desk.Now + 100, uint id = 3, long receiver = Desk.Bob, BigInteger? secret = null) =>
        With(Desk.Unlocking(new Unlock(Desk.Alice, id, receiver, secret ?? Secret)), new(3, 0) { Lock = Desk.Locked(deadline) });

    public static Batch Refund(long deadline) => With(Desk.Unlocking(new Unlock(Desk.Alice, 3, Desk.Bob)), new(3, 0) { Lock = Desk.Locked(deadline) });

    private static Batch Locked() => Desk.Locking(Desk.Lock());

    private static Batch Altered(Func<LockedTransfer, LockedTransfer> change)
    {
        var signed = Desk.Lock();
        return Desk.Locking(signed with { Lock = change(signed.Lock) });
    }

    private static Batch Signed(Func<LockedTransfer, LockedTransfer> change) => Desk.Locking(Desk.Lock(unsigned => unsigned with { Lock = change(unsigned.Lock) }));

    private static Batch InSlot(OrderSlot slot, uint id) => With(Desk.Locking(Desk.Lock(unsigned => unsigned with { Id = id })), slot);

    private static Batch With(Batch batch, OrderSlot slot) => batch.With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, slot) });

    // A position of 2⁵⁵ at a price of 2⁸ is worth 2⁶³.
    private static Batch InDebt(long cash) => Locked().WithPrices(Desk.PriceTime, [1UL << 40, 1]).WithPosition(Desk.Alice, 1, 1L << 55).WithCash(Desk.Alice, cash);
}
