using System.Text.RegularExpressions;
using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

/// <summary>What the documents show compiles, and its tests pass.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("documents-").FullName;

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/language.md", 7)]
    public void Blocks_pass_their_own_tests(string document, int count)
    {
        var text = File.ReadAllText(Repository.PathOf(document.Split('/')));
        var blocks = CircuitBlock().Matches(text).Select(match => match.Groups["source"].Value).ToArray();
        Assert.Equal(count, blocks.Length);
        foreach (var part in new[] { "poseidon.circuit", "merkle.circuit" })
        {
            File.Copy(Repository.PathOf("circuits", "std", part), Path.Combine(_folder, part));
        }

        foreach (var block in blocks)
        {
            var path = Path.Combine(_folder, "block.circuit");
            File.WriteAllText(path, block);
            var report = RuleTestRunner.Run(path);
            Assert.True(report.Diagnostics.Count == 0, DiagnosticRenderer.Render(report.Diagnostics));
            Assert.NotEmpty(report.Tests);
            Assert.Equal([], report.Tests.Where(test => !test.IsPassed).Select(test => $"{test.Test.Title}: {test.Failure}"));
            Assert.Equal([], report.Properties.Where(property => !property.IsPassed).Select(property => $"{property.Property.Declaration.Title}: {property.Failure}"));
            Assert.Equal([], report.Budgets.Where(budget => !budget.IsKept).Select(budget => $"{budget.Constraints}"));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex(@"^```circuit\n(?<source>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CircuitBlock();
}
