using Prover.BatchGenerator;
using Prover.Margin;
using Prover.Pipeline;

namespace Prover.Bench.Tests;

public sealed class MarginBatchTests
{
    [Theory]
    [InlineData(17, 1)]
    [InlineData(18, 5)]
    [InlineData(19, 12)]
    [InlineData(20, 26)]
    public void A_domain_is_filled_with_trades(int logSize, int trades) => Assert.Equal(new BatchShape(10, 4, 4, trades, 1), MarginBatch.ShapeFor(logSize));

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    public void The_circuit_fits_and_its_witness_satisfies_every_row(int logSize)
    {
        var folder = Directory.CreateTempSubdirectory("prover-margin-");
        try
        {
            var cache = new CacheFolder(folder.FullName);
            var profile = MarginBatch.Build(logSize, cache);
            Assert.InRange(profile.Circuit.ConstraintCount + profile.Circuit.PublicCount + 1, (1 << logSize) * 4 / 5, 1 << logSize);
            Assert.Null(profile.Circuit.FindViolation(profile.Witness));

            // What is compiled is kept, and any changed wire is noticed.
            Assert.Equal(profile.Witness, MarginBatch.Build(logSize, cache).Witness);
            foreach (var wire in new[] { 1, profile.Circuit.PublicCount + 1, profile.Witness.Length / 2, profile.Witness.Length - 1 })
            {
                var changed = (Fr[])profile.Witness.Clone();
                changed[wire] += Fr.One;
                Assert.NotNull(profile.Circuit.FindViolation(changed));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Smaller_domains_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => MarginBatch.ShapeFor(15));

    [Theory]
    [InlineData(2, 1, 1, 1, 0)]
    [InlineData(1, 1, 4, 3, 5)]
    [InlineData(10, 4, 20, 64, 20)]
    [InlineData(6, 2, 0, 0, 1)]
    public void A_trading_batch_fills_every_lane_and_is_accepted(int depth, int orders, int deposits, int trades, int withdrawals)
    {
        var batch = TradingBatch.Compose(new Exchange("lanes"), new BatchShape(depth, orders, deposits, trades, withdrawals), 1_764_000_000);
        var result = BatchExecutor.Execute(batch);
        Assert.All(result.Verdicts, verdict => Assert.Null(verdict.Rejection));
        Assert.Equal((1, deposits, trades, withdrawals), (Count<OracleTick>(), Count<Deposit>(), Count<Trade>(), Count<Withdrawal>()));

        int Count<T>() => batch.Transactions.OfType<T>().Count();
    }
}
