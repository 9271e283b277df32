using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

/// <summary>The files of the folder Semantics say in the language itself what it means; each of their tests runs in four ways.</summary>
public class SemanticsTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Prover.Compiler.Tests", "Semantics");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.circuit").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Means_what_its_tests_say(string file)
    {
        var report = RuleTestRunner.Run(Path.Combine(Folder, file));
        Assert.Equal("", DiagnosticRenderer.Render(report.Diagnostics));
        Assert.Equal([], report.Tests.Where(test => !test.IsPassed).Select(test => $"{test.Test.Title}: {test.Failure}"));
        Assert.Equal([], report.Properties.Where(property => !property.IsPassed).Select(property => $"{property.Property.Declaration.Title}: {property.Failure}"));

        // No requirement is there for show: every rule is refused something, and passes something.
        Assert.All(report.Tests.GroupBy(test => test.Test.Instance.Rule.Name), rule =>
            Assert.Equal(2, rule.Select(test => test.Test.ExpectedFailure is null).Distinct().Count()));
    }
}
