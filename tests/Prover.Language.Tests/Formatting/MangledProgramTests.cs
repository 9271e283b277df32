using System.Text.RegularExpressions;

namespace Prover.Language.Tests;

/// <summary>Whatever the blanks and line breaks of a program are, it keeps its meaning; where only blanks have changed, it gets its layout back.</summary>
public sealed partial class MangledProgramTests
{
    private const int Rounds = 8;

    public static TheoryData<string> All => CorpusTests.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Blanks_are_the_formatters(string path)
    {
        var source = Corpus.Find(path);
        var expected = Unaligned().Replace(Layout.Of(source), " ");
        for (var seed = 0; seed < Rounds; seed++)
        {
            var mangled = new Mangler(source, new Random(seed)).Run();
            var actual = Unaligned().Replace(Layout.Of(mangled), " ");
            Assert.True(expected == actual, $"seed {seed}:\n{mangled}\nbecame\n{actual}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Line_breaks_and_comments_change_no_meaning(string path)
    {
        var source = Corpus.Find(path);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var mangled = new Mangler(source, new Random(seed)) { Breaking = seed % 4 }.Run();
            var once = Layout.Of(mangled);
            Assert.DoesNotMatch(Untidy(), once);
            Assert.True(Tokens(source.Text) == Tokens(once), $"seed {seed}:\n{mangled}\nbecame\n{once}");
            Assert.Equal(Comments(mangled), Comments(once));
        }
    }

    private static string Tokens(string text) =>
        string.Join(' ', new Lexer(new("test.circuit", text), 0, text.Length, []).Run().Where(token => token.Kind != TokenKind.NewLine).Select(token => token.Text));

    private static string[] Comments(string text) => [.. text.Split('\n').Where(line => line.Contains("//", StringComparison.Ordinal)).Select(line => line[line.IndexOf("//", StringComparison.Ordinal)..].TrimEnd())];

    /// <summary>More than one blank behind code: columns that are aligned depend on the author's.</summary>
    [GeneratedRegex(@"(?<=\S)  +")]
    private static partial Regex Unaligned();

    /// <summary>Blanks at the end of a line, tabs before its beginning, two blank lines, blank lines at either end.</summary>
    [GeneratedRegex(@"[ \t\r]\n|\n *\t|\n\n\n|\A\n|\n\n\z")]
    private static partial Regex Untidy();
}
