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
        ScenarioBatches.Any, ScenarioBatches.Housekeeping, ScenarioBatches.Liquidations, ScenarioBatches.TakeOvers, ScenarioBatches.Deleveragings,
    ];

    /// <summary>
    /// Where the executor refuses a transaction the circuit refuses the batch with it, for the same reason, and takes what the executor keeps of the batch.
    /// </summary>
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    [InlineData(3, 5)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 4)]
    [InlineData(7, 5)]
    [InlineData(8, 5)]
    [InlineData(9, 5)]
    public void Executor_and_circuit_agree(int kind, int fewestVerdicts)
    {
        var (verdicts, kept) = (new List<string>(), 0);
        Kinds[kind].Sample(
            batch =>
            {
                var circuit = TinyBatch.CircuitOf(batch.Shape);
                var result = BatchExecutor.Execute(batch);
                var rejection = result.Verdicts.OrderBy(verdict => verdict.Transaction.Lane).Select(verdict => verdict.Rejection).FirstOrDefault(rejection => rejection is not null);
                verdicts.Add(rejection?.Rule ?? "accepted");
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
