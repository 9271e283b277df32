using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Executor and circuit on the same random batches.</summary>
public class RandomBatchTests
{
    private const int Batches = 120;

    [Fact]
    public void Executor_and_circuit_agree_on_the_verdict()
    {
        var verdicts = new List<string>();
        BoundaryBatches.Any.Sample(
            batch =>
            {
                var rejection = FirstRejection(batch);
                var refusal = TinyBatch.Refusal(TinyBatch.Inputs(batch));
                verdicts.Add(rejection?.Rule ?? "accepted");
                return rejection is null
                    ? refusal is null
                    : refusal?.StartsWith(rejection.Rule, StringComparison.Ordinal) == true;
            },
            iter: Batches,
            threads: 1,
            print: Print);
        Assert.True(verdicts.Distinct().Count() >= 5, $"only {string.Join(", ", verdicts.Distinct())}");
        Assert.Contains("accepted", verdicts);
    }

    [Fact]
    public void What_the_executor_keeps_of_a_batch_satisfies_the_circuit() =>
        BoundaryBatches.Any.Sample(batch => TinyBatch.Refusal(BatchExecutor.Execute(batch).Inputs) is null, iter: Batches / 4, threads: 1, print: Print);

    private static Rejection? FirstRejection(Batch batch) =>
        BatchExecutor.Execute(batch).Verdicts.OrderBy(verdict => verdict.Transaction.Lane).Select(verdict => verdict.Rejection).FirstOrDefault(rejection => rejection is not null);

    private static string Print(Batch batch) => BatchFile.ToJson(batch);
}
