using System.Collections.Immutable;
using System.Numerics;
using Prover.BatchGenerator;

namespace Prover.Margin.Tests;

/// <summary>What the executor shows of transactions; amounts in 10⁻⁶ USD.</summary>
public class TransitionTraceTests
{
    [Fact]
    public void Transactions_are_shown_in_the_order_in_which_they_run()
    {
        var traces = Trace(Counter.Batch(Counter.Withdraw(Counter.Alice, 400), Counter.Trade(1, 100), Counter.Deposit(Counter.Bob, 7)));
        Assert.Equal([2, 1, 0], traces.Select(trace => trace.Verdict.Index));
        Assert.Equal([[Counter.Bob], [Counter.Alice, Counter.Bob], [Counter.Alice]], traces.Select(trace => trace.Accounts.Select(change => change.Index).ToArray()));
        Assert.Equal((1_000_000, 1_000_007), (traces[0].Accounts.Single().Before.Cash, traces[0].Accounts.Single().After!.Cash));
    }

    /// <summary>30 at 100, and a second tier of as much again above 1,000.</summary>
    [Fact]
    public void A_requirement_is_shown_by_tiers()
    {
        var margins = new Margins(50_000, 25_000, 12_500);
        var market = Counter.Markets[1] with { Base = margins, Raises = [new((BigInteger)1_000 << 32, margins), new((BigInteger)3_000 << 32, margins), Raise.None] };
        var batch = Counter.Batch(Counter.Trade(30, 3_000, buyerFee: 8));
        var after = Single(batch with { State = batch.State with { Markets = Counter.Markets.With(1, market) } }, Counter.Alice).After!;

        // 5 % of 3,000 and 5 % of the 2,000 above 1,000; nothing is above 3,000.
        var position = Assert.Single(after.Positions);
        Assert.Equal((1, 30, 100UL << 32, (BigInteger)3_000 << 32), (position.Market, position.Size, position.Price, position.Notional));
        Assert.Equal([(0, 3_000), (1_000, 2_000)], position.Tiers.Select(tier => ((int)(tier.From >> 32), (int)(tier.Above >> 32))));
        Assert.Equal([Millionths(150), Millionths(100)], position.Tiers.Select(tier => tier.Initial));
        Assert.Equal([Millionths(75), Millionths(50)], position.Tiers.Select(tier => tier.Maintenance));
        Assert.Equal([Millionths(75) / 2, Millionths(25)], position.Tiers.Select(tier => tier.CloseOut));

        // It has paid 3,000 and a fee of 8, and needs 250, 125 and 62.5.
        Assert.Equal((996_992, (BigInteger)999_992 << 32), (after.Cash, after.Standing.Value));
        Assert.Equal((Millionths(250), Millionths(999_742)), (after.Standing.Initial, after.Standing.AboveInitial));
        Assert.Equal((Millionths(125), Millionths(999_867)), (after.Standing.Maintenance, after.Standing.AboveMaintenance));
        Assert.Equal((Millionths(125) / 2, Millionths(1_999_859) / 2), (after.Standing.CloseOut, after.Standing.AboveCloseOut));
    }

    /// <summary>3 long at 100 owe half each: 1.5, for which 2 is paid, half of it rest. 98 + 300 = 398 of 15.</summary>
    [Fact]
    public void Funding_is_shown_as_owed_and_then_as_paid()
    {
        var change = OfIndebted(Counter.Withdraw(Counter.Alice, 10));
        Assert.Equal((2, 0, 2, BigInteger.One << 31), (change.Before.FundingOwed, change.After!.FundingOwed, change.FundingPaid, change.RestPaid));
        Assert.Equal((100, 88), (change.Before.Cash, change.After.Cash));
        Assert.Equal((Millionths(383), Millionths(373)), (change.Before.Standing.AboveInitial, change.After.Standing.AboveInitial));
    }

    [Fact]
    public void A_deposit_leaves_funding_owed()
    {
        var change = OfIndebted(Counter.Deposit(Counter.Alice, 10));
        Assert.Equal((2, 2, 0, 0), ((int)change.Before.FundingOwed, (int)change.After!.FundingOwed, (int)change.FundingPaid, (int)change.RestPaid));
        Assert.Equal((Millionths(383), Millionths(393)), (change.Before.Standing.AboveInitial, change.After.Standing.AboveInitial));
    }

    /// <summary>
    /// 10 short at 100 with 1,030: worth 30, 5 % initial margin 50, 2.5 % maintenance 25. After buying back 2, 40 and 20 are needed, and the worth
    /// may fall to 20 · 30/25 = 24: they may cost 206, which is 6 more than at the price.
    /// </summary>
    [Theory]
    [InlineData(200, 30, true)]
    [InlineData(206, 24, true)]
    [InlineData(207, 23, false)]
    public void Reducing_is_accepted_below_initial_margin(long quote, long worth, bool isAccepted)
    {
        var trace = Assert.Single(Trace(Shorted(Counter.Trade(2, quote))));
        var change = trace.Accounts.First();
        Assert.Equal((Counter.Alice, Millionths(-20), Millionths(5)), (change.Index, change.Before.Standing.AboveInitial, change.Before.Standing.AboveMaintenance));
        Assert.Equal((Millionths(worth - 40), Millionths(worth - 20)), (change.After!.Standing.AboveInitial, change.After.Standing.AboveMaintenance));
        Assert.Equal(-8, Assert.Single(change.After.Positions).Size);
        Assert.Equal(isAccepted ? null : new Measure(Millionths(23), Millionths(40), Unit.Margin), trace.Verdict.Rejection?.Measure);
        Assert.Equal(isAccepted ? null : "initial margin", trace.Verdict.Rejection?.Rule);
    }

    [Fact]
    public void A_refused_transaction_shows_what_it_would_have_left_and_leaves_nothing()
    {
        var traces = Trace(Counter.Batch(Counter.Trade(300, 30_000, buyerFee: 301, whole: 300), Counter.Withdraw(Counter.Alice, 5)));
        Assert.Equal(["fee above its cap", null], traces.Select(trace => trace.Verdict.Rejection?.Rule));
        var (refused, accepted) = (traces[0].Accounts.First(), traces[1].Accounts.Single());
        Assert.Equal((1_000_000, 969_699, 300), (refused.Before.Cash, refused.After!.Cash, Assert.Single(refused.After.Positions).Size));
        Assert.Equal((1_000_000, 999_995), (accepted.Before.Cash, accepted.After!.Cash));
        Assert.Empty(accepted.After.Positions);
    }

    /// <summary>No position is lost from sight where there is no slot for one more.</summary>
    [Fact]
    public void A_full_account_shows_one_position_more_than_it_has_slots()
    {
        var full = new[] { 2, 3, 4 }.ToImmutableSortedDictionary(market => market, _ => new Position(1, 0));
        var trace = Assert.Single(Trace(With(Counter.Batch(Counter.Trade(1, 100)), Counter.Alice, account => account with { Positions = full })));
        Assert.Equal("no position slot left", trace.Verdict.Rejection?.Rule);
        Assert.Equal([1, 2, 3, 4], trace.Accounts.First().After!.Positions.Select(position => position.Market));
    }

    [Fact]
    public void What_nobody_looked_at_is_not_tried()
    {
        var traces = Trace(Counter.Batch(Counter.Deposit(1, 1), Counter.Deposit(1, 2), Counter.Deposit(1, 3), Counter.Withdraw(16, 1)));
        Assert.Equal([null, null, "no lane left", "no such account"], traces.Select(trace => trace.Verdict.Rejection?.Rule));
        Assert.Equal([false, false, true, true], traces.Select(trace => trace.After is null));
        Assert.Equal(1_000_003, traces[2].Accounts.Single().Before.Cash);
        Assert.Empty(traces[3].Accounts);
    }

    /// <summary>2⁵⁵ long owe 2³⁰ each: 2⁸⁵ is no amount of cash.</summary>
    [Fact]
    public void What_cannot_be_computed_with_is_not_tried()
    {
        var batch = With(Counter.Batch(Counter.Withdraw(Counter.Alice, 1)), Counter.Alice, account => account with { Positions = account.Positions.Add(1, new(1L << 55, 0)) });
        var market = Counter.Markets[1] with { Funding = 1L << 62 };
        var trace = Assert.Single(Trace(batch with { State = batch.State with { Markets = Counter.Markets.With(1, market) } }));
        Assert.Equal("collateral out of range", trace.Verdict.Rejection?.Rule);
        Assert.Equal(BigInteger.One << 85, trace.Accounts.Single().Before.FundingOwed);
        Assert.Null(trace.After);
    }

    /// <summary>Each transaction meets what the accepted ones before it have left, and watching changes nothing.</summary>
    [Fact]
    public void Traces_follow_each_other()
    {
        var history = new RandomBatches(Counter.Exchange, FirstBatch.Shape, seed: 3);
        for (var i = 0; i < 5; i++)
        {
            var batch = history.Next();
            var (accounts, markets, house) = (batch.State.Accounts, batch.State.Markets, batch.State.House);
            var result = BatchExecutor.Execute(batch, trace =>
            {
                Assert.Equal((markets, house), (trace.Before.Markets, trace.Before.House));
                Assert.All(trace.Before.Accounts, item => Assert.Equal(accounts.GetValueOrDefault(item.Key, Account.Empty), item.Value));
                Assert.Null(trace.Verdict.Rejection);
                (accounts, markets, house) = (accounts.SetItems(trace.After!.Accounts), trace.After.Markets, trace.After.House);
            });
            Assert.Equal((result.Ledger.Markets, result.Ledger.House), (markets, house));
            Assert.Equal(result.Ledger.Accounts.OrderBy(item => item.Key), accounts);
            Assert.Equal(BatchExecutor.Execute(batch).Public, result.Public);
        }
    }

    private static List<TransitionTrace> Trace(Batch batch)
    {
        List<TransitionTrace> traces = [];
        BatchExecutor.Execute(batch, traces.Add);
        return traces;
    }

    private static AccountChange Single(Batch batch, long account)
    {
        var trace = Assert.Single(Trace(batch));
        Assert.Null(trace.Verdict.Rejection);
        return trace.Accounts.Single(change => change.Index == account);
    }

    private static AccountChange OfIndebted(Transaction transaction)
    {
        var batch = With(Counter.Batch(transaction), Counter.Alice, account => account with { Cash = 100, Positions = account.Positions.Add(1, new(3, 0)) });
        var market = Counter.Markets[1] with { Funding = 1L << 31, OpenInterest = 3 };
        return Single(batch with { State = batch.State with { Markets = Counter.Markets.With(1, market) } }, Counter.Alice);
    }

    private static Batch Shorted(Transaction transaction)
    {
        var batch = With(Counter.Batch(transaction), Counter.Alice, account => account with { Cash = 1_030, Positions = account.Positions.Add(1, new(-10, 0)) });
        batch = With(batch, Counter.Bob, account => account with { Positions = account.Positions.Add(1, new(10, 0)) });
        return batch with { State = batch.State with { Markets = Counter.Markets.With(1, Counter.Markets[1] with { OpenInterest = 10 }) } };
    }

    private static Batch With(Batch batch, long index, Func<Account, Account> change) =>
        batch with { State = batch.State with { Accounts = batch.State.Accounts.SetItem(index, change(batch.State.Accounts[index])) } };

    private static BigInteger Millionths(long amount) => ((BigInteger)amount << 32) * 1_000_000;
}
