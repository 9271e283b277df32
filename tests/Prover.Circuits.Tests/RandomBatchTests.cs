using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Executor and circuit on the same random batches.</summary>
public class RandomBatchTests
{
    private const int Batches = 120;

    private static readonly Gen<Batch>[] Kinds =
    [
        BoundaryBatches.Any, BoundaryBatches.Housekeeping, BoundaryBatches.Liquidations, LossBatches.TakeOvers, LossBatches.Deleveragings,
        ScenarioBatches.Any, ScenarioBatches.Housekeeping, ScenarioBatches.Liquidations, ScenarioBatches.TakeOvers, ScenarioBatches.Deleveragings,
    ];

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
    public void Executor_and_circuit_agree_on_the_verdict(int kind, int fewestVerdicts)
    {
        var verdicts = new List<string>();
        Kinds[kind].Sample(
            batch =>
            {
                var rejection = FirstRejection(batch);
                var refusal = TinyBatch.Refusal(TinyBatch.CircuitOf(batch.Shape), TinyBatch.Inputs(batch));
                verdicts.Add(rejection?.Rule ?? "accepted");
                return rejection is null
                    ? refusal is null
                    : refusal?.StartsWith(rejection.Rule, StringComparison.Ordinal) == true;
            },
            iter: Batches,
            threads: 1,
            print: Print);
        Assert.True(verdicts.Distinct().Count() >= fewestVerdicts, $"only {string.Join(", ", verdicts.Distinct())}");
        Assert.Contains("accepted", verdicts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void What_the_executor_keeps_of_a_batch_satisfies_the_circuit(int kind) =>
        Kinds[kind].Sample(batch => TinyBatch.Refusal(TinyBatch.CircuitOf(batch.Shape), BatchExecutor.Execute(batch).Inputs) is null, iter: Batches / 4, threads: 1, print: Print);

    private static Rejection? FirstRejection(Batch batch) =>
        BatchExecutor.Execute(batch).Verdicts.OrderBy(verdict => verdict.Transaction.Lane).Select(verdict => verdict.Rejection).FirstOrDefault(rejection => rejection is not null);

    private static string Print(Batch batch) => BatchFile.ToJson(batch);
}
