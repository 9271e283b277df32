using System.Text.RegularExpressions;
using Prover.Language;
using Prover.Testing;

namespace Prover.Compiler.Tests;

/// <summary>The list of codes is all of the codes, and what it says of each of them is so.</summary>
public sealed partial class DiagnosticCodeTests
{
    /// <summary>Codes without a small program; their tests have a great one, or none.</summary>
    private static readonly string[] WithoutExample = ["R0105", "R0107", UniquenessCheck.Code];

    /// <summary>The codes that no snapshot has: one because its program is a megabyte long, the other because no program should bring it about.</summary>
    private static readonly string[] WithoutSnapshot = ["R0107", UniquenessCheck.Code];

    public static TheoryData<string> Codes => [.. DiagnosticCode.All.Select(entry => entry.Code)];

    [Fact]
    public void Stands_in_order_and_says_something()
    {
        Assert.Equal(DiagnosticCode.All.Select(entry => entry.Code).Distinct().Order(StringComparer.Ordinal), DiagnosticCode.All.Select(entry => entry.Code));
        Assert.All(DiagnosticCode.All, entry =>
        {
            Assert.Matches("^R0[1-6][0-9]{2}$", entry.Code);
            Assert.EndsWith(".", entry.Meaning, StringComparison.Ordinal);
            Assert.EndsWith(".", entry.Remedy, StringComparison.Ordinal);
        });
    }

    /// <summary>What the sources of the language and the compiler can emit, and nothing else, is in the list.</summary>
    [Fact]
    public void Every_code_that_can_be_emitted_is_in_the_list()
    {
        var emitted = new[] { "Prover.Language", "Prover.Compiler" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => !Path.GetFileName(path).StartsWith("DiagnosticCode", StringComparison.Ordinal))
            .SelectMany(path => QuotedCode().Matches(File.ReadAllText(path)).Select(match => match.Groups["code"].Value))
            .Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(DiagnosticCode.All.Select(entry => entry.Code), emitted);
    }

    [Fact]
    public void Every_code_has_a_snapshot()
    {
        var snapshots = Directory.EnumerateFiles(Repository.PathOf("tests", "Prover.Compiler.Tests", "Refused"), "*.txt")
            .SelectMany(path => EmittedCode().Matches(File.ReadAllText(path)).Select(match => match.Groups["code"].Value))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(WithoutSnapshot, DiagnosticCode.All.Select(entry => entry.Code).Where(code => !snapshots.Contains(code)));
        Assert.DoesNotContain(snapshots, code => DiagnosticCode.Find(code) is null);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Refuses_and_accepts_what_its_example_says(string code)
    {
        var entry = DiagnosticCode.Find(code)!;
        if (WithoutExample.Contains(code))
        {
            Assert.Null(entry.Refused);
            Assert.Null(entry.Accepted);
            return;
        }

        Assert.StartsWith($"error[{code}]: ", DiagnosticRenderer.Render(Check(entry.Refused!)), StringComparison.Ordinal);
        Assert.Equal("", DiagnosticRenderer.Render(Check(entry.Accepted!)));
    }

    private static IReadOnlyList<Diagnostic> Check(string text)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("example.circuit", text), diagnostics);
        return diagnostics.Count > 0 ? diagnostics : CircuitCompiler.Check(program);
    }

    [GeneratedRegex("\"(?<code>R[0-9]{4})\"")]
    private static partial Regex QuotedCode();

    [GeneratedRegex(@"^error\[(?<code>R[0-9]{4})\]", RegexOptions.Multiline)]
    private static partial Regex EmittedCode();
}
