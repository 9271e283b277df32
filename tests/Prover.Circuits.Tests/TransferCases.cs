using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>The rules of circuits/margin/deposit.circuit and withdraw.circuit.</summary>
internal static class TransferCases
{
    public static IEnumerable<RuleCase> All =>
    [
        new("a deposit beyond the range", "collateral out of range", Deposited(Limits.Cash - 5), Deposited(Limits.Cash - 4)),
        new("a withdrawal of all and one more", "initial margin", Withdrawn(Desk.Million), Withdrawn(Desk.Million + 1)),
        new("a withdrawal beyond a position's margin", "initial margin", WithPosition(Desk.Million - 5000), WithPosition(Desk.Million - 4999)),
        new("a withdrawal at stale prices", "stale prices", AtPricesOf(Desk.Now - 60), AtPricesOf(Desk.Now - 61)),
        new("a withdrawal signed by another", "bad signature", Withdrawn(1), Desk.Batch(Desk.Withdrawal(Desk.Alice, 1, signedBy: (int)Desk.Bob))),
        new("a withdrawal replayed", "bad signature", AfterOne(Desk.Withdrawal(Desk.Alice, 1, nonce: 1)), AfterOne(Desk.Withdrawal(Desk.Alice, 1, nonce: 0))),
        new("a withdrawal from nobody's account", "bad signature", Withdrawn(1), Desk.Batch(Desk.Withdrawal(Desk.Carol, 1))),
        new("a withdrawal to another recipient", "bad signature", Withdrawn(1), Desk.Batch(Desk.Withdrawal(Desk.Alice, 1) with { Recipient = 1 })),
        new("a withdrawal to another chain", "bad signature", WithdrawnTo(chain: 15), Desk.Batch(Desk.Withdrawal(Desk.Alice, 1, chain: 15) with { Chain = 14 })),
        new("a withdrawal abroad instead of at home", "bad signature", Withdrawn(1), Desk.Batch(Desk.Withdrawal(Desk.Alice, 1) with { Chain = 1 })),
        new("a withdrawal of another amount", "bad signature", Withdrawn(1), Desk.Batch(Desk.Withdrawal(Desk.Alice, 1) with { Amount = 2 })),
        new("a withdrawal from another account", "bad signature", Withdrawn(1), Desk.Batch(Desk.Withdrawal(Desk.Alice, 1) with { Account = Desk.Bob })),
        new("a withdrawal that leaves no margin after funding", "initial margin", WithFunding(Desk.Million + 700), WithFunding(Desk.Million + 701)),
        new("the last nonce", "nonce exhausted", WithNonce(uint.MaxValue - 1), WithNonce(uint.MaxValue)),
        new("a debt beyond the range", "collateral out of range", InDebt(1 - Limits.TradedCash), InDebt(-Limits.TradedCash)),
    ];

    private static Batch Deposited(long before) => Desk.Batch(Desk.Deposit(Desk.Alice, 5)).WithCash(Desk.Alice, before);

    private static Batch WithdrawnTo(int chain) => Desk.Batch(Desk.Withdrawal(Desk.Alice, 1, chain: chain));

    private static Batch Withdrawn(long amount) => Desk.Batch(Desk.Withdrawal(Desk.Alice, amount));

    // Long 1,000 at 100 are worth 100,000; bought for exactly that they leave the cash 100,000 lower.
    private static Batch WithPosition(long amount) =>
        Withdrawn(amount).With(Desk.Alice, account => account with { Cash = Desk.Million - 100_000, Positions = account.Positions.SetItem(1, new(1000, 0)) });

    // Long 100 at 10 are worth 1,000, need 100 and owe 2 each for funding.
    private static Batch WithFunding(long amount) =>
        Withdrawn(amount).WithPosition(Desk.Alice, 2, 100).WithMarket(2, market => market with { Funding = 2L << 32 });

    private static Batch AtPricesOf(long time) => Withdrawn(1).WithPrices(time, Desk.Price);

    private static Batch AfterOne(Withdrawal withdrawal) => Desk.Batch(withdrawal).With(Desk.Alice, account => account with { Nonce = 1 });

    private static Batch WithNonce(uint nonce) =>
        Desk.Batch(Desk.Withdrawal(Desk.Alice, 1, nonce)).With(Desk.Alice, account => account with { Nonce = nonce });

    // A position of 2⁵⁵ at a price of 2⁸ is worth 2⁶³.
    private static Batch InDebt(long cash) =>
        Withdrawn(1).WithPrices(Desk.PriceTime, [1UL << 40, 1])
            .WithPosition(Desk.Alice, 1, 1L << 55).WithCash(Desk.Alice, cash);
}
