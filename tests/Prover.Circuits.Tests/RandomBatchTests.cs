using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Executor and circuit on the same random batches.</summary>
public class RandomBatchTests
{
    private const int Batches = 120;

    /// <summary>Of so many batches with a refused transaction the rest is tried too.</summary>
    private const int Kept = 30;

    private static readonly Gen<Batch>[] Kinds =
    [
        BoundaryBatches.Any, BoundaryBatches.Housekeeping, BoundaryBatches.Liquidations, LossBatches.TakeOvers, LossBatches.Deleveragings,
        LockBatches.Locks, LockBatches.Unlocks, ForcedBatches.Closes, ForcedBatches.Exits,
        ScenarioBatches.Any, ScenarioBatches.Housekeeping, ScenarioBatches.Liquidations, ScenarioBatches.TakeOvers, ScenarioBatches.Deleveragings,
        ScenarioBatches.Locks, ScenarioBatches.Closes, ScenarioBatches.Exits,
    ];

    /// <summary>
    /// Where the executor refuses a transaction the circuit refuses the batch with it, for the same reason, and takes what the executor keeps of the batch. What the
    /// circuit takes leads to the executor's root, also where a request of the contract's has the answer that nothing is done.
    /// </summary>
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    [InlineData(3, 5)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    [InlineData(7, 4)]
    [InlineData(8, 3)]
    [InlineData(9, 5)]
    [InlineData(10, 4)]
    [InlineData(11, 5)]
    [InlineData(12, 5)]
    [InlineData(13, 5)]
    [InlineData(14, 5)]
    [InlineData(15, 5)]
    [InlineData(16, 3)]
    public void Executor_and_circuit_agree(int kind, int fewestVerdicts)
    {
        var (verdicts, kept) = (new List<string>(), 0);
        Kinds[kind].Sample(
            batch =>
            {
                var circuit = TinyBatch.CircuitOf(batch.Shape);
                var result = BatchExecutor.Execute(batch);
                var rejection = result.Verdicts.OrderBy(verdict => verdict.Transaction.Lane).Select(verdict => verdict.Rejection).FirstOrDefault(rejection => rejection is not null);
                verdicts.Add((rejection ?? result.Verdicts.Select(verdict => verdict.Shortfall).FirstOrDefault(shortfall => shortfall is not null))?.Rule ?? "accepted");
                return rejection is null
                    ? TinyBatch.Refusal(circuit, result.Inputs) is null
                    : TinyBatch.Refusal(circuit, TinyBatch.Inputs(batch))?.StartsWith(rejection.Rule, StringComparison.Ordinal) == true
                        && (kept++ >= Kept || TinyBatch.Refusal(circuit, result.Inputs) is null);
            },
            iter: Batches,
            threads: 1,
            print: Print);
        Assert.True(verdicts.Distinct().Count() >= fewestVerdicts, $"only {string.Join(", ", verdicts.Distinct())}");
        Assert.Contains("accepted", verdicts);
    }

    private static string Print(Batch batch) => BatchFile.ToJson(batch);
}
