using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

/// <summary>The project's own circuits: each passes the tests and keeps the budgets written beside it, and is as circuits.lock pins it.</summary>
public class CircuitsTests
{
    private static readonly CircuitLock Lock = CircuitLock.Load(Repository.PathOf("circuits", "circuits.lock"));

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
        // A change that is meant is accepted with `prover test circuits --update-lock`.
        Assert.Equal([], Lock.FindDrift(report.Circuits));
        var name = Path.GetRelativePath(Repository.PathOf("circuits"), Repository.PathOf(file));
        Assert.Equal(Lock.Entries.Where(entry => entry.File == name).Select(entry => entry.Rule), report.Circuits.Select(entry => entry.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_lock_names_no_file_that_is_gone() =>
        Assert.All(Lock.Entries, entry => Assert.True(File.Exists(Repository.PathOf("circuits", entry.File)), $"{entry.File} is gone"));

    [Fact]
    public void A_changed_circuit_drifts()
    {
        var entry = Lock.Entries.First();
        var now = entry with { File = Repository.PathOf("circuits", entry.File) };
        Assert.Empty(Lock.FindDrift([now]));
        Assert.Contains("constraints", Assert.Single(Lock.FindDrift([now with { Constraints = entry.Constraints - 1 }])), StringComparison.Ordinal);
        Assert.Contains("not in", Assert.Single(Lock.FindDrift([now with { Rule = "another" }])), StringComparison.Ordinal);
    }
}
