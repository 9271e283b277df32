using System.Collections.Immutable;
using Prover.Margin;
using Prover.Primitives;

namespace Prover.Circuits.Tests;

/// <summary>The rules of circuits/margin/keys.circuit, cancel.circuit, transfer.circuit and signers.circuit.</summary>
internal static class MessageCases
{
    private const int CarolsKey = (int)Desk.Carol;

    private static readonly EdwardsPoint NewOwner = Desk.OwnerOf(Desk.Carol);

    public static IEnumerable<RuleCase> All =>
    [
        new("an account handed over by another", "bad signature", Keys(NewOwner), Keys(NewOwner, signedBy: (int)Desk.Bob)),
        new("keys changed twice", "bad signature", AfterOne(Desk.KeyChange(Desk.Alice, NewOwner, nonce: 1)), AfterOne(Desk.KeyChange(Desk.Alice, NewOwner, nonce: 0))),
        new("another owner than signed", "bad signature", Keys(NewOwner), Desk.Housekeeping(Desk.KeyChange(Desk.Alice, NewOwner) with { Owner = Desk.OwnerOf(Desk.Bob) })),
        new("another session than signed", "bad signature", Keys(NewOwner), Desk.Housekeeping(Desk.KeyChange(Desk.Alice, NewOwner) with { Session = 7 })),
        new("an account handed to nobody", "no key", Keys(new(0, 1)), Keys(new(0, 0))),
        new("isolated margin that was not signed for", "bad signature", Isolated(1), Desk.Housekeeping(Desk.KeyChange(Desk.Alice, NewOwner) with { Isolated = true })),
        new("the insurance fund isolated", "the insurance fund keeps its margin", OfFund(), OfFund(isolated: true)),
        new("the insurance fund without portfolio margin", "the insurance fund keeps its margin", OfFund(portfolio: true).WithScenarios([[0, 0], [0, 0]], Desk.Fund), OfFund().WithScenarios([[0, 0], [0, 0]], Desk.Fund)),
        new("isolated margin with two positions", "isolated margin", Isolated(1), Isolated(1, 2)),
        new("the last nonce for keys", "nonce exhausted", WithNonce(uint.MaxValue - 1, nonce => Desk.KeyChange(Desk.Alice, NewOwner, nonce: nonce)), WithNonce(uint.MaxValue, nonce => Desk.KeyChange(Desk.Alice, NewOwner, nonce: nonce))),

        new("an order cancelled by another", "bad signature", Cancelled(3), Desk.Housekeeping(Desk.Cancel(Desk.Alice, 3, signedBy: (int)Desk.Bob))),
        new("another order than was to be cancelled", "bad signature", Cancelled(3), Desk.Housekeeping(Desk.Cancel(Desk.Alice, 3) with { Id = 7 })),
        new("an order cancelled that was superseded", "order superseded", InSlot(7, 7), InSlot(7, 3)),
        new("an order cancelled with a session key that has expired", "not the account's key", CancelledBy(Desk.Now), CancelledBy(Desk.Now - 1)),
        new("an order cancelled with a key that was not named", "not the account's key", CancelledBy(Desk.Now), CancelledBy(Desk.Now, named: Desk.Now + 1)),
        new("an order filled that was cancelled", "order overfilled", Filled(3, 0), Filled(3, Limits.Size)),
        new("an order filled after a newer one of its slot was cancelled", "order superseded", Filled(3, Limits.Size, id: 7), Filled(7, Limits.Size, id: 3)),

        new("an order signed with a session key that has expired", "not the account's key", Ordered(Desk.Now), Ordered(Desk.Now - 1)),
        new("an order signed with a session key that was not named", "not the account's key", Ordered(Desk.Now), Ordered(Desk.Now, named: Desk.Now + 1)),
        new("an order signed with the owner's key as a session's", "not the account's key", OwnersOrder(0), OwnersOrder(1)),
        new("an order signed with another key than the session's", "bad signature", Ordered(Desk.Now), Ordered(Desk.Now, signedBy: (int)Desk.Bob)),

        new("a transfer to the same account", "same account on both sides", Transferred(5), Desk.Housekeeping(Desk.Transfer(Desk.Alice, Desk.Alice, 5))),
        new("a transfer signed by another", "bad signature", Transferred(5), OfOneOwner(Desk.Transfer(Desk.Alice, Desk.Bob, 5, signedBy: (int)Desk.Bob))),
        new("a transfer twice", "bad signature", AfterOne(OfOneOwner(Desk.Transfer(Desk.Alice, Desk.Bob, 5, nonce: 1))), AfterOne(OfOneOwner(Desk.Transfer(Desk.Alice, Desk.Bob, 5)))),
        new("a transfer of another amount", "bad signature", Transferred(5), OfOneOwner(Desk.Transfer(Desk.Alice, Desk.Bob, 5) with { Amount = 6 })),
        new("a transfer to another account", "bad signature", Transferred(5), OfOneOwner(Desk.Transfer(Desk.Alice, Desk.Bob, 5) with { Receiver = Desk.Carol })),
        new("a transfer at stale prices", "stale prices", Transferred(5).WithPrices(Desk.Now - 60, Desk.Price), Transferred(5).WithPrices(Desk.Now - 61, Desk.Price)),
        new("a transfer of all and one more", "initial margin", Transferred(Desk.Million), Transferred(Desk.Million + 1)),
        new("a transfer that leaves a debt beyond the range", "collateral out of range", InDebt(1 - Limits.TradedCash), InDebt(-Limits.TradedCash)),
        new("a transfer that brings more than an account may have", "collateral out of range", Received(Limits.TradedCash - 5), Received(Limits.TradedCash - 4)),
        new("the last nonce for a transfer", "nonce exhausted", OfOneOwner(WithNonce(uint.MaxValue - 1, Fives)), OfOneOwner(WithNonce(uint.MaxValue, Fives))),
        new("a transfer to somebody else", "not the same owner", Transferred(5), Desk.Housekeeping(Desk.Transfer(Desk.Alice, Desk.Bob, 5))),
    ];

    private static Batch OfFund(bool isolated = false, bool portfolio = false) =>
        Desk.Housekeeping(Desk.KeyChange(Desk.Fund, NewOwner, signedBy: 2, isolated: isolated, portfolio: portfolio)).With(Desk.Fund, _ => Desk.Owned(2, 5));

    private static Batch Isolated(params ImmutableArray<int> markets) => Desk.Housekeeping(Desk.KeyChange(Desk.Alice, NewOwner, isolated: true)).With(Desk.Alice, account => account with
    {
        Positions = markets.ToImmutableSortedDictionary(market => market, _ => new Position(1, 0)),
    });

    private static Batch Keys(EdwardsPoint owner, int signedBy = -1) => Desk.Housekeeping(Desk.KeyChange(Desk.Alice, owner, signedBy: signedBy));

    private static Batch AfterOne(Transaction transaction) => AfterOne(Desk.Housekeeping(transaction));

    private static Batch AfterOne(Batch batch) => batch.With(Desk.Alice, account => account with { Nonce = 1 });

    private static Batch WithNonce(uint nonce, Func<uint, Transaction> transaction) =>
        Desk.Housekeeping(transaction(nonce)).With(Desk.Alice, account => account with { Nonce = nonce });

    private static Batch Cancelled(uint id) => Desk.Housekeeping(Desk.Cancel(Desk.Alice, id));

    private static Batch InSlot(uint slotId, uint id) =>
        Cancelled(id).With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, new(slotId, 5)) });

    private static Batch CancelledBy(long until, long? named = null) =>
        Named(Desk.Housekeeping(Desk.Cancel(Desk.Alice, 3, Desk.Session(Desk.Carol, until), CarolsKey)), named ?? until);

    private static Batch Ordered(long until, long? named = null, int signedBy = CarolsKey)
    {
        var trade = Desk.Trade();
        var order = Desk.Signed(Desk.Order(Desk.Alice), 1, sells: false, signedBy) with { Session = Desk.Session(Desk.Carol, until) };
        return Named(Desk.Batch(trade with { Buyer = order }), named ?? until);
    }

    private static Batch OwnersOrder(long until)
    {
        var trade = Desk.Trade();
        return Desk.Batch(trade with { Buyer = trade.Buyer with { Session = Desk.Session(Desk.Alice, until) } });
    }

    private static Batch Named(Batch batch, long until) =>
        batch.With(Desk.Alice, account => account with { Session = Desk.Session(Desk.Carol, until).Hash });

    private static Batch Filled(uint slotId, long filled, uint id = 3) => Desk.Batch(Desk.Trade(buyer: order => order with { Id = id }))
        .With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, new(slotId, filled)) });

    private static Batch Transferred(long amount) => OfOneOwner(Desk.Transfer(Desk.Alice, Desk.Bob, amount));

    private static Transfer Fives(uint nonce) => Desk.Transfer(Desk.Alice, Desk.Bob, 5, nonce);

    private static Batch OfOneOwner(Transaction transaction) => OfOneOwner(Desk.Housekeeping(transaction));

    /// <summary>Bob's and Carol's accounts are Alice's too.</summary>
    private static Batch OfOneOwner(Batch batch) => batch
        .With(Desk.Bob, account => account with { Owner = Desk.OwnerOf(Desk.Alice) })
        .With(Desk.Carol, account => account with { Owner = Desk.OwnerOf(Desk.Alice) });

    // A position of 2⁵⁵ at a price of 2⁸ is worth 2⁶³.
    private static Batch InDebt(long cash) => Transferred(1).WithPrices(Desk.PriceTime, [1UL << 40, 1]).WithPosition(Desk.Alice, 1, 1L << 55).WithCash(Desk.Alice, cash);

    private static Batch Received(long before) => Transferred(5).WithCash(Desk.Bob, before);
}
