using Prover.BatchGenerator;
using Prover.Compiler;
using Prover.Language;
using Prover.Margin;
using Prover.Testing;

namespace Prover.Circuits.Tests;

/// <summary>Several lanes of each kind over random histories: lanes see each other's updates, batches see the ones before.</summary>
public class HistoryTests
{
    private const int Batches = 12;
    private static readonly BatchShape Shape = new(Depth: 3, Slots: 3, Markets: 5, Orders: 2, Deposits: 2, Trades: 2, Withdrawals: 2);

    [Fact]
    public void Circuit_reaches_the_executors_root()
    {
        var compilation = CircuitCompiler.Compile(Repository.PathOf("circuits", "rollup", "batch.circuit"), Shape.RuleName);
        Assert.True(compilation.Circuit is not null, DiagnosticRenderer.Render(compilation.Diagnostics));
        var history = new RandomBatches(new Exchange("random histories"), Shape, seed: 2);
        var lanes = new List<Lane>();
        for (var i = 0; i < Batches; i++)
        {
            var batch = history.Next();
            var result = BatchExecutor.Execute(batch);
            Assert.True(result.IsAccepted, $"batch {batch.Number}");
            Assert.Null(TinyBatch.Refusal(compilation.Circuit, result.Inputs));
            Assert.Equal(result.Ledger.Root, result.Public.NewRoot);
            lanes.AddRange(batch.Transactions.GroupBy(transaction => transaction.Lane).Where(group => group.Count() == 2).Select(group => group.Key));
        }

        Assert.Equal([Lane.Deposit, Lane.Trade, Lane.Withdrawal], lanes.Distinct().Order());
    }
}
