using System.Numerics;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>A small exchange on which all prices fall by half at once.</summary>
public class CrashDrillTests
{
    private const int Traders = 40;

    private static readonly BatchShape Shape = new(Depth: 3, Slots: 2, Markets: 2, Orders: 1, Deposits: 0, Trades: 0, Withdrawals: 0)
    {
        Liquidations = 1, Sweeps = 1, TakeOvers = 1, Deleverages = 2,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Batches_bring_every_account_back_to_its_margin(int seed)
    {
        var drill = Begin(seed, 500_000, out var book);
        var kinds = new List<Type>();
        Assert.Empty(drill.Deficiencies);
        AssertProvable(drill.Fall());
        Assert.NotEmpty(drill.Deficiencies);
        while (drill.Next() is { } batch)
        {
            Assert.True(batch.Progress > 0, $"{drill.Deficiencies.Count} accounts are left");
            Assert.NotEmpty(batch.Batch.Transactions.Skip(1));
            AssertProvable(batch);
            kinds.AddRange(batch.Batch.Transactions.Select(transaction => transaction.GetType()));
        }

        Assert.Empty(drill.Deficiencies);
        Assert.Equal([typeof(Deleverage), typeof(OracleTick), typeof(TakeOver)], kinds.Distinct().Where(kind => kind != typeof(Liquidation) && kind != typeof(Sweep)).OrderBy(kind => kind.Name));
        AssertConserved(book, drill.Ledger);
    }

    /// <summary>After a small fall some are only below their maintenance margin, and the maker takes their positions.</summary>
    [Theory]
    [InlineData(3, 150_000)]
    [InlineData(4, 130_000)]
    [InlineData(5, 120_000)]
    public void Whoever_is_below_maintenance_margin_only_is_liquidated(int seed, int fall)
    {
        var drill = Begin(seed, fall, out var book);
        AssertProvable(drill.Fall());
        var liquidations = 0;
        while (drill.Next() is { Progress: > 0 } batch)
        {
            AssertProvable(batch);
            liquidations += batch.Batch.Transactions.Count(transaction => transaction is Liquidation);
        }

        Assert.True(liquidations > 0);
        Assert.Empty(drill.Deficiencies);
        AssertConserved(book, drill.Ledger);
    }

    private static CrashDrill Begin(int seed, int fall, out InitialState book)
    {
        var exchange = new Exchange("crash");
        book = CrashBook.Compose(exchange, Shape, Traders, Desk.Now, seed);
        return new(exchange, Shape, book, Desk.Now, fall);
    }

    private static void AssertProvable(DrillBatch batch) => Assert.Null(TinyBatch.Refusal(TinyBatch.CircuitOf(Shape), batch.Result.Inputs));

    private static void AssertConserved(InitialState before, Ledger after)
    {
        Assert.Equal(Claims(before.Accounts.Values, before.House), Claims(after.Accounts.Values, after.House));
        for (var market = 1; market <= after.Markets.Count; market++)
        {
            var sizes = after.Accounts.Values.Select(account => account.SizeIn(market)).ToArray();
            Assert.Equal((0, after.Markets[market].OpenInterest), (sizes.Sum(), sizes.Where(size => size > 0).Sum()));
        }
    }

    private static BigInteger Claims(IEnumerable<Account> accounts, BigInteger house) => accounts.Aggregate(house, (sum, account) => sum + ((BigInteger)account.Cash << 32));
}
