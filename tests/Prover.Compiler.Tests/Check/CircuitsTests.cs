using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

/// <summary>The project's own circuits: each passes the tests and keeps the budgets written beside it.</summary>
public class CircuitsTests
{
    public static TheoryData<string> Files => [.. Directory
        .EnumerateFiles(Repository.PathOf("circuits"), "*.circuit", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Passes_its_own_tests(string file)
    {
        var report = RuleTestRunner.Run(Repository.PathOf(file));
        Assert.True(report.Diagnostics.Count == 0, DiagnosticRenderer.Render(report.Diagnostics));
        Assert.Equal([], report.Tests.Where(test => !test.IsPassed).Select(test => $"{test.Test.Title}: {test.Failure}"));
        Assert.Equal([], report.Budgets.Where(budget => !budget.IsKept).Select(budget => $"{budget.Budget.Instance.Name}: {budget.Constraints} > {budget.Budget.Limit}"));
    }
}
