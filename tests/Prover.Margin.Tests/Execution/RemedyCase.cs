using System.Collections.Immutable;

namespace Prover.Margin.Tests;

/// <summary>Transactions of which one is refused, and the same mended.</summary>
/// <param name="Remedy">What is said to help.</param>
/// <param name="Gap">By how much the refused one misses.</param>
/// <param name="Refused">The transactions, one of which is refused.</param>
/// <param name="Mended">Transactions that do what the remedy says.</param>
/// <param name="Change">What is special about the state.</param>
internal sealed record RemedyCase(
    string? Remedy, string? Gap, ImmutableArray<Transaction> Refused, ImmutableArray<Transaction> Mended, Func<InitialState, InitialState>? Change = null)
{
    /// <summary>The numbers that the refusal names, where the remedy and the gap do not show them.</summary>
    public string? Detail { get; init; }

    /// <summary>How many scenarios there are.</summary>
    public int Scenarios { get; init; }

    /// <summary>The refusal is as expected, and what is mended is accepted.</summary>
    /// <param name="name">The rule's name, and after a comma anything.</param>
    public void AssertHelps(string name)
    {
        var refused = Assert.Single(Execute(Refused), verdict => verdict.Rejection is not null);
        Assert.Equal(name.Split(',')[0], refused.Rejection!.Rule);
        Assert.Equal((Remedy, Gap), (Margin.Remedy.Of(refused), refused.Rejection.Measure?.ShowGap()));
        Assert.Equal(Detail ?? refused.Rejection.Detail, refused.Rejection.Detail);
        Assert.All(Execute(Mended), verdict => Assert.Null(verdict.Rejection));
    }

    private IReadOnlyList<Verdict> Execute(ImmutableArray<Transaction> transactions)
    {
        var batch = Counter.Batch(transactions);
        var state = batch.State with { Markets = batch.State.Markets.WithScenarios(Scenarios) };
        return BatchExecutor.Execute(batch with
        {
            Shape = batch.Shape with
            {
                Scenarios = Scenarios, Updates = 2, Keys = 1, Cancels = 1, Transfers = 1, Locks = 1, Unlocks = 1, Liquidations = 1, Sweeps = 1, TakeOvers = 1, Deleverages = 1,
            },
            LeastRank = 26,
            State = Change?.Invoke(state) ?? state,
        }).Verdicts;
    }
}
