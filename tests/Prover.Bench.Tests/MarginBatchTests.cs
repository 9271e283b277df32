using Prover.BatchGenerator;
using Prover.Compiler;
using Prover.Language;
using Prover.Margin;
using Prover.Pipeline;

namespace Prover.Bench.Tests;

public sealed class MarginBatchTests
{
    /// <summary>The constant and the public wires.</summary>
    private const int PublicRows = 6;

    [Theory]
    [InlineData(18, 3)]
    [InlineData(19, 9)]
    [InlineData(20, 20)]
    [InlineData(21, 42)]
    [InlineData(22, 86)]
    public void A_domain_is_filled_with_trades(int logSize, int trades) => Assert.Equal(new BatchShape(10, 8, 8, 4, 4, trades, 1), MarginBatch.ShapeFor(logSize));

    /// <summary>One and two trades have two blocks of data words, three have three: enough to notice if any of the constants drifts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rows_are_counted_as_the_compiler_makes_them(int trades) =>
        Assert.Equal(Rows(new BatchShape(10, 8, 8, 4, 4, trades, 1)), MarginBatch.RowsOf(trades));

    [Fact]
    public void The_smallest_domain_takes_no_more_deposits()
    {
        var shape = MarginBatch.ShapeFor(MarginBatch.SmallestLogSize);
        Assert.InRange(PublicRows + Rows(shape), 1, 1 << MarginBatch.SmallestLogSize);
        Assert.InRange(PublicRows + Rows(shape with { Deposits = shape.Deposits + 1 }), (1 << MarginBatch.SmallestLogSize) + 1, int.MaxValue);
    }

    [Theory]
    [InlineData(17)]
    public void The_circuit_fits_and_its_witness_satisfies_every_row(int logSize)
    {
        var folder = Directory.CreateTempSubdirectory("prover-margin-");
        try
        {
            var cache = new CacheFolder(folder.FullName);
            var profile = MarginBatch.Build(logSize, cache);
            Assert.Equal(PublicRows, profile.Circuit.PublicCount + 1);
            Assert.InRange(profile.Circuit.ConstraintCount + PublicRows, (1 << logSize) * 4 / 5, 1 << logSize);
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
    public void Smaller_domains_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => MarginBatch.ShapeFor(16));

    [Theory]
    [InlineData(2, 1, 1, 1, 1, 1, 0)]
    [InlineData(1, 2, 4, 1, 4, 3, 5)]
    [InlineData(10, 8, 8, 4, 20, 64, 20)]
    [InlineData(10, 3, 8, 4, 4, 110, 1)]
    [InlineData(6, 1, 2, 2, 0, 0, 1)]
    public void A_trading_batch_fills_every_lane_and_is_accepted(int depth, int slots, int markets, int orders, int deposits, int trades, int withdrawals)
    {
        var batch = TradingBatch.Compose(new Exchange("lanes"), new BatchShape(depth, slots, markets, orders, deposits, trades, withdrawals), 1_764_000_000);
        var result = BatchExecutor.Execute(batch);
        Assert.All(result.Verdicts, verdict => Assert.Null(verdict.Rejection));
        Assert.Equal((1, deposits, trades, withdrawals), (Count<OracleTick>(), Count<Deposit>(), Count<Trade>(), Count<Withdrawal>()));

        int Count<T>() => batch.Transactions.OfType<T>().Count();
    }

    private static int Rows(BatchShape shape)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(Path.Combine(CircuitsFolder.Find(), "rollup", "batch.circuit"), diagnostics);
        return CircuitCompiler.Compile(program, shape.RuleName, diagnostics).Circuit!.R1cs.ConstraintCount;
    }
}
