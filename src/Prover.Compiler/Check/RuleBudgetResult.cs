namespace Prover.Compiler;

/// <summary>What a rule costs beside what it may cost.</summary>
/// <param name="Budget">The ceiling.</param>
/// <param name="Constraints">The number of constraints the instance has.</param>
public sealed record RuleBudgetResult(RuleBudget Budget, int Constraints)
{
    /// <summary>Whether the ceiling is kept.</summary>
    public bool IsKept => Constraints <= Budget.Limit;
}
