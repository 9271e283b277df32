using Prover.Language;

namespace Prover.Compiler;

/// <summary>Everything that testing a file has shown.</summary>
/// <param name="Path">The file.</param>
/// <param name="Diagnostics">Why it, or an instance, does not compile; tests of such instances are not run.</param>
/// <param name="Tests">Its tests in their order.</param>
/// <param name="Budgets">Its budgets in their order.</param>
/// <param name="Circuits">Every instance that compiled, by name.</param>
public sealed record FileTestReport(
    string Path,
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<RuleTestResult> Tests,
    IReadOnlyList<RuleBudgetResult> Budgets,
    IReadOnlyList<CircuitLockEntry> Circuits)
{
    /// <summary>Its properties in their order.</summary>
    public IReadOnlyList<PropertyResult> Properties { get; init; } = [];

    /// <summary>Whether there is nothing to complain about.</summary>
    public bool IsPassed => Diagnostics.Count == 0 && Tests.All(test => test.IsPassed) && Properties.All(property => property.IsPassed) && Budgets.All(budget => budget.IsKept);
}
