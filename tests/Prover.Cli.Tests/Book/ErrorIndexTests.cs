using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>The book's index of errors is complete.</summary>
public sealed partial class ErrorIndexTests
{
    [Fact]
    public void Every_code_of_the_compiler_is_in_the_index_once()
    {
        var codes = new[] { "Prover.Language", "Prover.Compiler" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Code().Matches(File.ReadAllText(path)).Select(match => match.Groups["code"].Value))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.InRange(codes.Count, 40, 200);

        var index = PageTable.Rows(BookPage.Read("docs/book/errors.md"), "code", "what is wrong", "what helps");
        Assert.Equal(codes, index.Select(row => row[0]));
        Assert.All(index, row => Assert.All(row, Assert.NotEmpty));
    }

    [GeneratedRegex("\"(?<code>R[0-9]{4})\"")]
    private static partial Regex Code();
}
