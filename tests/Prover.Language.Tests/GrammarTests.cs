using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Language.Tests;

/// <summary>The grammar in the book derives what the parser takes.</summary>
public sealed partial class GrammarTests
{
    private static readonly Ebnf Grammar = new(Block().Match(File.ReadAllText(Repository.PathOf("docs", "book", "grammar.md"))).Groups["grammar"].Value);

    /// <summary>But for the one with an unknown rounding mode, which the parser leaves to the compiler.</summary>
    public static TheoryData<string> All => [.. Corpus.All.Select(file => file.Path).Where(path => !path.EndsWith("R0210-rounding-mode.circuit", StringComparison.Ordinal))];

    /// <summary>Programs in which something else is expected, but for the one with too great a power of a unit, which is no matter of the grammar.</summary>
    public static TheoryData<string> Refused =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("tests", "Prover.Compiler.Tests", "Refused"), "R0103-*.circuit")
            .Select(path => Path.GetFileName(path)!)
            .Where(name => name != "R0103-unit-power.circuit")
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void It_derives_every_program(string path) => Assert.True(Grammar.Derives("file", Tokens(Corpus.Find(path))), path);

    [Theory]
    [MemberData(nameof(Refused))]
    public void It_derives_no_program_that_is_refused_for_its_syntax(string name)
    {
        var path = Repository.PathOf("tests", "Prover.Compiler.Tests", "Refused", name);
        Assert.False(Grammar.Derives("file", Tokens(new SourceFile(name, File.ReadAllText(path)))), name);
    }

    [Theory]
    [InlineData("1 + 2 * x^2", true)]
    [InlineData("1 + * 2", false)]
    [InlineData("a < b", true)]
    [InlineData("a < b < c", false)]
    [InlineData("f<2>(x)", true)]
    [InlineData("if a { 1 } else if b { 2 } else { 3 }", true)]
    [InlineData("if a else { 3 }", false)]
    [InlineData("o with { a: 1, [2]: 3, b, }", true)]
    [InlineData("max(i in 0..N: a[i])", true)]
    [InlineData("size(i in 0..N: a[i])", false)]
    [InlineData("round(x, to 2, floor)", true)]
    [InlineData("round(x, to 2, nearest)", false)]
    [InlineData("[x; 2]", true)]
    [InlineData("[x; 2, 3]", false)]
    public void It_derives_values_and_no_others(string value, bool expected) =>
        Assert.Equal(expected, Grammar.Derives("value", Tokens(new SourceFile("value", value))));

    [Fact]
    public void It_has_the_keywords_and_operations_of_the_language()
    {
        Assert.Equal([], Lexer.Keywords.Except(Grammar.Terminals));
        string[] contextual = ["hashed", "state", "tree", "floor", "ceil", "trunc", "away", "half_even", "exact"];
        Assert.Equal([], Grammar.Terminals.Where(word => char.IsAsciiLetter(word[0])).Except(Lexer.Keywords).Except(BuiltIns.Names).Except(contextual));
    }

    private static List<Token> Tokens(SourceFile file) => new Lexer(file, 0, file.Text.Length, []).Run();

    [GeneratedRegex("^```ebnf\n(?<grammar>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
