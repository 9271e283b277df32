using System.Collections.Immutable;
using System.Numerics;
using Prover.Margin;
using Prover.Primitives;
using Prover.Testing;

namespace Prover.Circuits.Tests;

/// <summary>
/// Requests of circuits/margin/forced.circuit at each bound and one beyond. Alice has a million. Where she closes she is long or short 1,000 at 100, which the
/// fund takes for 97,500 or gives for 102,500.
/// </summary>
internal static class ForcedCases
{
    public static IReadOnlyDictionary<string, ForcedCase> ByName { get; } = Exits.Concat(Closes).ToDictionary(item => item.Name);

    /// <summary>What whoever proves can mend is refused.</summary>
    public static IEnumerable<RuleCase> Refused =>
    [
        new("a forced close at stale prices", "stale prices", Close(1000).WithPrices(Desk.Now - 60, Desk.Price), Close(1000).WithPrices(Desk.Now - 61, Desk.Price)),
    ];

    private static IEnumerable<ForcedCase> Exits =>
    [
        new("an exit with all", null, Exit(Desk.Million)),
        new("an exit with one more than there is", "initial margin", Exit(Desk.Million + 1)),
        new("an exit at stale prices", null, Exit(Desk.Million).WithPrices(Desk.Now - 61, Desk.Price)),
        new("an exit with all that a position does not need", null, WithPosition(Desk.Million - 5000)),
        new("an exit with some that a position needs", "initial margin", WithPosition(Desk.Million - 4999)),
        new("an exit after funding", null, WithFunding(Desk.Million + 700)),
        new("an exit with what funding has taken", "initial margin", WithFunding(Desk.Million + 701)),
        new("an exit from debt", "initial margin", Exit(5).WithCash(Desk.Alice, -5)),
        new("an exit of the insurance fund", null, Desk.Forced(Desk.Exit(Desk.Fund, 5, signedBy: 2)).With(Desk.Fund, _ => Desk.Owned(2, 5))),
        new("an exit signed by another", "bad signature", Desk.Forced(Desk.Exit(Desk.Alice, 5, signedBy: (int)Desk.Bob))),
        new("an exit of nobody", "bad signature", Desk.Forced(Desk.Exit(Desk.Carol, 5))),
        new("an exit after the account's nonce has moved", null, Exit(5).With(Desk.Alice, account => account with { Nonce = 1 })),
        new("an exit after the owner has changed", "bad signature", Exit(5).With(Desk.Alice, account => account with { Owner = Desk.OwnerOf(Desk.Bob) })),
        new("an exit with another amount than signed", "bad signature", Desk.Forced(Desk.Exit(Desk.Alice, 5) with { Amount = 6 })),
        new("an exit to another recipient than signed", "bad signature", Desk.Forced(Desk.Exit(Desk.Alice, 5) with { Recipient = 1 })),
        new("an exit from another account than signed", "bad signature", Desk.Forced(Desk.Exit(Desk.Alice, 5) with { Account = Desk.Bob })),
        new("a withdrawal as an exit", "bad signature", Desk.Forced(Desk.Exit(Desk.Alice, 5) with { Signature = Desk.Withdrawal(Desk.Alice, 5).Signature })),
        new("an exit when all nonces are used", null, Exit(5).With(Desk.Alice, account => account with { Nonce = uint.MaxValue })),
        new("an exit with another salt", null, Desk.Forced(Desk.Exit(Desk.Alice, 5, salt: 1))),
        new("an exit under a commitment in the subgroup", null, Loose(smallPoint: 0)),
        new("an exit under a commitment off by a point of order 2", "bad signature", Loose(smallPoint: 4)),
        new("an exit under a commitment off by a point of order 8", "bad signature", Loose(smallPoint: 1)),
        new("an exit from the most that a trade leaves", null, Exit(5).WithCash(Desk.Alice, Limits.TradedCash)),
        new("an exit from more", "collateral out of range", Exit(5).WithCash(Desk.Alice, Limits.TradedCash + 1)),
        new("an exit to the greatest debt", null, InDebt(5 - Limits.TradedCash)),
        new("an exit beyond it", "collateral out of range", InDebt(4 - Limits.TradedCash)),
        new("an exit from beyond it", "collateral out of range", InDebt(-1 - Limits.TradedCash)),
        new("an exit under a signature that is no point", "bad signature", Desk.Forced(Desk.Exit(Desk.Alice, 5) with { Signature = new(new(1, 1), 5) })),
        new("an exit under a key that no signature can be computed for", "bad signature", Exit(5).With(Desk.Alice, account => account with { Owner = QuarterOfShift })),
    ];

    private static IEnumerable<ForcedCase> Closes =>
    [
        new("a long position closed", null, Close(1000)),
        new("a short position closed", null, Close(-1000)),
        new("a part closed", null, Close(1000, asked: 400)),
        new("no more closed than there is", null, Close(1000, asked: 1001)),
        new("a close at the last fresh prices", null, Close(1000).WithPrices(Desk.Now - 60, Desk.Price)),
        new("a close that leaves nothing", null, Close(1000).WithCash(Desk.Alice, -97_500)),
        new("a close that leaves a debt", "initial margin", Close(1000).WithCash(Desk.Alice, -97_501)),
        new("a fund that can just take it", null, Close(1000).WithCash(Desk.Fund, 2_500)),
        new("a fund that cannot", "initial margin", Close(1000).WithCash(Desk.Fund, 2_499)),
        new("a fund that loses its own position by it", null, Close(1000).WithCash(Desk.Fund, 102_499).WithPosition(Desk.Fund, 1, -1000)),
        new("a fund with a slot", null, WithFundIn(2)),
        new("a fund without a slot", "no position slot left", WithFundIn(2, 3)),
        new("a fund with portfolio margin in a market that asks for it", null, ForPortfolios(Desk.Alice, Desk.Fund)),
        new("a fund with tiers in a market that asks for portfolio margin", "portfolio margin only", ForPortfolios(Desk.Alice)),
        new("an isolated fund with the same market", null, Isolated(1)),
        new("an isolated fund with another market", "isolated margin", Isolated(2)),
        new("a fund that can hold as much", null, Largest(0)),
        new("a fund that cannot hold as much", "position too large", Largest(1)),
        new("a close of nothing", "no reduction", WithOther(Desk.Forced(Desk.Close(Desk.Alice, 1, 1000)).With(Desk.Fund, _ => Desk.Owned(2, Desk.Million)))),
        new("a close in a market that there is not", "no reduction", Desk.Forced(Desk.Close(Desk.Alice, 3, 1000)).WithPosition(Desk.Alice, 1, 1000)),
        new("a close of the fund's", "same account on both sides", Desk.Forced(Desk.Close(Desk.Fund, 1, 1000, signedBy: 2)).With(Desk.Fund, _ => Desk.Owned(2, Desk.Million)).WithPosition(Desk.Fund, 1, 1000)),
        new("a close signed by another", "bad signature", Asked(Desk.Close(Desk.Alice, 1, 1000, signedBy: (int)Desk.Bob))),
        new("a close after the account's nonce has moved", null, Close(1000).With(Desk.Alice, account => account with { Nonce = 1 })),
        new("a close after the owner has changed", "bad signature", Close(1000).With(Desk.Alice, account => account with { Owner = Desk.OwnerOf(Desk.Bob) })),
        new("a close of another size than signed", "bad signature", Asked(Desk.Close(Desk.Alice, 1, 1000) with { Base = 999 })),
        new("a close in another market than signed", "bad signature", Asked(Desk.Close(Desk.Alice, 2, 1000) with { Market = 1 })),
        new("a close of another account than signed", "bad signature", Asked(Desk.Close(Desk.Bob, 1, 1000) with { Account = Desk.Alice })),
        new("a close when all nonces are used", null, Close(1000).With(Desk.Alice, account => account with { Nonce = uint.MaxValue })),
        new("a close with another salt", null, Asked(Desk.Close(Desk.Alice, 1, 1000, salt: 1))),
        new("a close that leaves the most cash", null, Close(1000).WithCash(Desk.Alice, Limits.TradedCash - 97_500)),
        new("a close that leaves more cash", "collateral out of range", Close(1000).WithCash(Desk.Alice, Limits.TradedCash - 97_499)),
        new("a close by whoever has the most cash", null, Close(-1000).WithCash(Desk.Alice, Limits.TradedCash)),
        new("a close by whoever has more", "collateral out of range", Close(-1000).WithCash(Desk.Alice, Limits.TradedCash + 1)),
        new("a fund with the most cash", null, Close(1000).WithCash(Desk.Fund, Limits.TradedCash)),
        new("a fund with more", "collateral out of range", Close(1000).WithCash(Desk.Fund, Limits.TradedCash + 1)),
        new("a fund that is paid the most", null, Close(-1000).WithCash(Desk.Fund, Limits.TradedCash - 102_500)),
        new("a fund that is paid more", "collateral out of range", Close(-1000).WithCash(Desk.Fund, Limits.TradedCash - 102_499)),
        new("a close after funding", null, Close(1000).WithMarket(1, market => market with { Funding = 3L << 31 })),
    ];

    /// <summary>A key whose fourfold is the point that multiples in Montgomery form begin with.</summary>
    private static EdwardsPoint QuarterOfShift { get; } = BabyJubjub.Multiply(ShiftPointTests.Shift, BigInteger.ModPow(4, BabyJubjub.SubgroupOrder - 2, BabyJubjub.SubgroupOrder));

    private static Batch Exit(long amount) => Desk.Forced(Desk.Exit(Desk.Alice, amount));

    // Long 1,000 at 100 are worth 100,000; bought for exactly that they leave the cash 100,000 lower.
    private static Batch WithPosition(long amount) => Exit(amount).WithPosition(Desk.Alice, 1, 1000).WithCash(Desk.Alice, Desk.Million - 100_000);

    // Long 100 at 10 are worth 1,000, need 100 and owe 2 each for funding.
    private static Batch WithFunding(long amount) =>
        Exit(amount).WithPosition(Desk.Alice, 2, 100).WithMarket(2, market => market with { Funding = 2L << 32 });

    // A position of 2⁵⁵ at a price of 2⁸ is worth 2⁶³.
    private static Batch InDebt(long cash) =>
        Exit(5).WithPrices(Desk.PriceTime, [1UL << 40, 1]).WithPosition(Desk.Alice, 1, 1L << 55).WithCash(Desk.Alice, cash);

    private static Batch ForPortfolios(params ImmutableArray<long> portfolios) =>
        Close(1000).WithScenarios([[1, -1], [1, -1]], portfolios).WithMarket(1, market => market with { PortfolioOnly = true });

    private static Batch Loose(int smallPoint)
    {
        var exit = Desk.Exit(Desk.Alice, 5);
        var signed = exit with { Signature = LooseSignatures.Sign(Messages.Exit(Desk.Configuration, exit), smallPoint) };
        return Desk.Forced(signed).With(Desk.Alice, account => account with { Owner = LooseSignatures.Key });
    }

    private static Batch Close(long held, long asked = 1000) => Asked(Desk.Close(Desk.Alice, 1, asked), held);

    private static Batch Asked(ForcedClose close, long held = 1000) =>
        Desk.Forced(close).WithPosition(Desk.Alice, 1, held).With(Desk.Fund, _ => Desk.Owned(2, Desk.Million));

    private static Batch Isolated(int market) => WithFundIn(market).With(Desk.Fund, account => account with { Isolated = true });

    private static Batch WithFundIn(params ImmutableArray<int> markets) => Close(1000).With(Desk.Fund, account => account with
    {
        Positions = markets.ToImmutableSortedDictionary(market => market, _ => new Position(1, 0)),
    });

    // At a price of 2⁻⁸, which pays no whole 10⁻⁶ USD for each.
    private static Batch Largest(long more) => Close(1000)
        .WithPrices(Desk.PriceTime, [1UL << 24, 1])
        .WithCash(Desk.Fund, Limits.TradedCash - 1000)
        .With(Desk.Fund, account => account with { Positions = account.Positions.SetItem(1, new(Limits.Size - 1000 + more, 0)) })
        .WithMarket(1, market => market with { OpenInterest = Limits.Size });

    // Funding is owed in another market.
    private static Batch WithOther(Batch batch) => batch.WithPosition(Desk.Alice, 2, 100).WithMarket(2, market => market with { Funding = 2L << 32 });
}
