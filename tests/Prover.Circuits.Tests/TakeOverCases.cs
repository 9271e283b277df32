using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>
/// The rules of circuits/margin/takeover.circuit. Alice is long 1,000 at 100, which need 2,500 to keep and 1,250 not to be closed out, for a debt that leaves
/// her 1,000: half of what she has left goes with half of her position, which is paid 49,500. The fund has a million.
/// </summary>
internal static class TakeOverCases
{
    private const long Debt = -99_000;

    public static IEnumerable<RuleCase> All =>
    [
        new("a take-over of an account with its close-out margin", "not below close-out margin", Long(98_751, 1000, cash: -98_751), Long(98_750, 1000, cash: -98_750)),
        new("more taken over than there is", "no reduction", Long(99_000, 1000), Long(99_101, 1001)),
        new("a take-over of what is not held", "no reduction", Long(49_500), Long(0, market: 2)),
        new("a long position taken over too low", "below the zero quote", Long(49_500), Long(49_499)),
        new("a long position taken over too high", "above the zero quote", Long(49_500), Long(49_501)),
        new("a short position taken over too high", "below the zero quote", Short(-50_500), Short(-50_501)),
        new("a short position taken over too low", "above the zero quote", Short(-50_500), Short(-50_499)),
        new("a debt that is left to the account", "below the zero quote", Long(101_000, 1000, cash: -101_000), Long(100_999, 1000, cash: -101_000)),
        new("a take-over at stale prices", "stale prices", Long(49_500).WithPrices(Desk.Now - 60, Desk.Price), Long(49_500).WithPrices(Desk.Now - 61, Desk.Price)),
        new("a fund without margin", "initial margin", Long(49_500).WithCash(Desk.Fund, 2_000), Long(49_500).WithCash(Desk.Fund, 1_999)),
        new("a fund without a slot", "no position slot left", WithFundIn(1, 2), WithFundIn(2, 3)),
        new("an isolated fund with another position", "isolated margin", Isolated(WithFundIn(1)), Isolated(WithFundIn(2))),
        new("a fund that takes over from itself", "same account on both sides", Long(49_500), FromItself()),

        new("a sweep of more than the house has", "the house has less", Swept(5), Swept(6)),
        new("a sweep beyond the range", "collateral out of range", Swept(5).WithCash(Desk.Fund, Limits.TradedCash - 5), Swept(5).WithCash(Desk.Fund, Limits.TradedCash - 4)),
    ];

    public static Batch Long(long paid, long size = 500, long cash = Debt, int market = 1) => Desk.TakingOver(new TakeOver(new(market, size, paid, Desk.Alice)))
        .WithPosition(Desk.Alice, 1, 1000)
        .WithCash(Desk.Alice, cash)
        .With(Desk.Fund, _ => Desk.Owned(2, Desk.Million));

    public static Batch Swept(long amount) => Desk.TakingOver(new Sweep(amount)).With(Desk.Fund, _ => Desk.Owned(2, 1));

    private static Batch Short(long paid) => Long(paid, cash: 101_000)
        .With(Desk.Alice, account => account with { Positions = account.Positions.SetItem(1, new(-1000, 0)) });

    private static Batch WithFundIn(params ImmutableArray<int> markets) => Long(49_500).With(Desk.Fund, account => account with
    {
        Positions = markets.ToImmutableSortedDictionary(market => market, _ => new Position(1, 0)),
    });

    private static Batch Isolated(Batch batch) => batch.With(Desk.Fund, account => account with { Isolated = true });

    private static Batch FromItself()
    {
        var batch = Long(49_500);
        return batch with
        {
            Transactions = [new TakeOver(new(1, 500, 49_500, Desk.Fund))],
            State = batch.State with { Accounts = batch.State.Accounts.SetItem(Desk.Fund, batch.State.Accounts[Desk.Alice]) },
        };
    }
}
