using System.Numerics;

namespace Prover.Margin.Tests;

/// <summary>No batch makes or loses money or size.</summary>
public class ConservationTests
{
    private static readonly Gen<Batch> Batches =
        from deposits in Gen.Select(Gen.Long[0, 15], Gen.Long[1, 1_000_000], Counter.Deposit).Array[0, 2]
        from trades in Trades.Array[0, 3]
        from withdrawals in Gen.Select(Gen.OneOf(Gen.Const(Counter.Alice), Gen.Const(Counter.Bob)), Gen.Long[1, 1_500_000]).Array[0, 2]
        select Counter.Batch([.. deposits, .. trades, .. withdrawals.Select(item => Counter.Withdraw(item.Item1, item.Item2))]);

    private static Gen<Trade> Trades =>
        from size in Gen.Long[1, 10_000]
        from quote in Gen.Long[0, 200 * size]
        from buyerFee in Gen.Long[0, size]
        from sellerFee in Gen.Long[0, size]
        from id in Gen.UInt[1, 9]
        from market in Gen.Int[1, 2]
        select Counter.Trade(size, quote, buyerFee, sellerFee, id, market: market);

    [Fact]
    public void Claims_change_by_deposits_and_withdrawals_alone() => Batches.Sample(
        batch =>
        {
            var result = BatchExecutor.Execute(batch);
            var flow = result.Verdicts.Where(verdict => verdict.Rejection is null).Sum(verdict => verdict.Transaction switch
            {
                Deposit deposit => deposit.Amount,
                Withdrawal withdrawal => -withdrawal.Amount,
                _ => 0L,
            });
            Assert.Equal(Counter.Claims(batch.OpenLedger()) + ((BigInteger)flow << 32), Counter.Claims(result.Ledger));
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void Sizes_of_each_market_cancel() => Batches.Sample(
        batch => Counter.AssertSizesCancel(BatchExecutor.Execute(batch).Ledger), iter: 60, threads: 1);

    [Fact]
    public void Random_trades_are_both_accepted_and_refused()
    {
        var accepted = new List<bool>();
        Trades.Sample(trade => accepted.Add(BatchExecutor.Execute(Counter.Batch(trade)).IsAccepted), iter: 1000, threads: 1);
        Assert.Contains(true, accepted);
        Assert.Contains(false, accepted);
    }
}
