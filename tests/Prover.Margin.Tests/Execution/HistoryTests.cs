using System.Numerics;
using Prover.BatchGenerator;

namespace Prover.Margin.Tests;

/// <summary>What holds after every batch of a random history of accepted transactions.</summary>
public class HistoryTests
{
    private static readonly BatchShape Shape = new(Depth: 3, Slots: 3, Markets: 5, Orders: 1, Deposits: 3, Trades: 4, Withdrawals: 2);

    [Fact]
    public void Nothing_is_minted_and_nothing_is_lost() =>
        Gen.Int.Sample(
            seed =>
            {
                var history = new RandomBatches(new Exchange("conservation"), Shape, seed);
                var paidIn = BigInteger.Zero;
                for (var i = 0; i < 6; i++)
                {
                    var batch = history.Next();
                    var ledger = BatchExecutor.Execute(batch).Ledger;
                    foreach (var transaction in batch.Transactions)
                    {
                        paidIn += transaction switch
                        {
                            Deposit deposit => deposit.Amount,
                            Withdrawal withdrawal => -withdrawal.Amount,
                            _ => 0,
                        };
                    }

                    Assert.Equal(paidIn << 32, Counter.Claims(ledger));
                    Assert.Equal(paidIn << 32, ledger.House + ledger.Accounts.Values.Aggregate(BigInteger.Zero, (sum, account) => sum + Exact(account, ledger.Markets)));
                    Counter.AssertSizesCancel(ledger);
                }
            },
            iter: 10);

    /// <summary>What the conservation above is about happens: otherwise it would say nothing.</summary>
    [Fact]
    public void Funding_is_charged_and_paid_and_leaves_rests()
    {
        var history = new RandomBatches(new Exchange("conservation"), Shape, seed: 2);
        var (charged, paid, rests, closed, turned) = (0, 0, 0, 0, 0);
        for (var i = 0; i < 40; i++)
        {
            var batch = history.Next();
            var ledger = BatchExecutor.Execute(batch).Ledger;
            var before = batch.State.Markets;
            charged += Enumerable.Range(1, before.Count).Count(m => before[m].OpenInterest != 0 && before[m].Funding != ledger.Markets[m].Funding);
            rests += ((ledger.House - batch.State.House) % (BigInteger.One << 32)).IsZero ? 0 : 1;
            foreach (var (index, account) in batch.State.Accounts)
            {
                foreach (var (market, position) in account.Positions)
                {
                    var after = ledger[index].SizeIn(market);
                    paid += after != 0 && ledger[index].Positions[market].Funding != position.Funding ? 1 : 0;
                    closed += after == 0 ? 1 : 0;
                    turned += after != 0 && after < 0 != position.Size < 0 ? 1 : 0;
                }
            }
        }

        Assert.All([charged, paid, rests, closed, turned], count => Assert.InRange(count, 1, int.MaxValue));
    }

    [Fact]
    public void Whoever_traded_or_withdrew_has_its_margin_or_less_risk()
    {
        var history = new RandomBatches(new Exchange("margins"), Shape, seed: 5);
        var checkedAccounts = 0;
        for (var i = 0; i < 20; i++)
        {
            var batch = history.Next();
            var ledger = BatchExecutor.Execute(batch).Ledger;
            foreach (var index in batch.Transactions.SelectMany(Touched).Distinct())
            {
                var before = Settlement.Of(batch.State.Accounts.GetValueOrDefault(index, Account.Empty), ledger.Markets);
                var after = Standing.Of(ledger[index], ledger.Markets);
                Assert.True(after.HasInitialMargin || after.IsNoWorseThan(Standing.Of(before.Account, ledger.Markets)));
                checkedAccounts++;
            }
        }

        Assert.InRange(checkedAccounts, 10, int.MaxValue);

        static IEnumerable<long> Touched(Transaction transaction) => transaction switch
        {
            Trade trade => [trade.Buyer.Account, trade.Seller.Account],
            Withdrawal withdrawal => [withdrawal.Account],
            _ => [],
        };
    }

    [Fact]
    public void The_same_history_reaches_the_same_roots()
    {
        Fr[] Roots() => [.. Histories(seed: 8).Select(batch => BatchExecutor.Execute(batch).Public.NewRoot)];
        Assert.Equal(Roots(), Roots());
        Assert.Equal(4, Roots().Distinct().Count());
    }

    /// <summary>Also when somebody owes money and would withdraw less than nothing.</summary>
    [Fact]
    public void Every_value_of_a_history_is_in_its_range()
    {
        var history = new RandomBatches(new Exchange("state commands"), Shape with { Orders = 1 }, seed: 5);
        var debts = 0;
        for (var i = 0; i < 14; i++)
        {
            var batch = history.Next();
            BatchFile.Check(batch, "history");
            debts += batch.State.Accounts.Values.Count(account => account.Cash < 0);
        }

        Assert.InRange(debts, 1, int.MaxValue);
    }

    [Fact]
    public void A_refused_transaction_changes_nothing()
    {
        foreach (var batch in Histories(seed: 3))
        {
            var refused = new Withdrawal(0, 1, 1, default);
            var honest = BatchExecutor.Execute(batch);
            var spoilt = BatchExecutor.Execute(batch with { Transactions = batch.Transactions.Insert(0, refused) });
            Assert.Equal("bad signature", spoilt.Verdicts[0].Rejection?.Rule);
            Assert.All(spoilt.Verdicts.Skip(1), verdict => Assert.Null(verdict.Rejection));
            Assert.Equal(honest.Public, spoilt.Public);
        }
    }

    /// <summary>Cash after all funding that is due, with 32 fractional bits.</summary>
    private static BigInteger Exact(Account account, Markets markets) => ((BigInteger)account.Cash << 32)
        - account.Positions.Aggregate(BigInteger.Zero, (owed, item) => owed + (item.Value.Size * ((BigInteger)markets[item.Key].Funding - item.Value.Funding)));

    private static IEnumerable<Batch> Histories(int seed)
    {
        var history = new RandomBatches(new Exchange("roots"), Shape, seed);
        return Enumerable.Range(0, 4).Select(_ => history.Next()).ToArray();
    }
}
