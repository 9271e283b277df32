namespace Prover.Cli.Tests;

/// <summary>A page that says what is not so does not pass.</summary>
public sealed class BookCheckTests
{
    private const string Rule = "rule small(public x: int[0 .. 9]) { require x < 5, \"large\" }\n";
    private const string Refused = "rule small(public x: int[0 .. 9]) { require x < y, \"large\" }\n";

    private const string Diagnostic = """
        error[R0304]: there is no value 'y' here
          --> example.circuit:1:49
           1 | rule small(public x: int[0 .. 9]) { require x < y, "large" }
             |                                                 ^ not declared

        """;

    [Fact]
    public void A_page_that_says_what_is_so_passes() => Assert.Equal([], BookCheck.FailuresOf(
        Block("circuit", "// small.circuit\n" + Rule + "test \"four\" { small(4) passes }\n")
        + Block("circuit refused", Refused) + "is told\n" + Block("text", Diagnostic)
        + Block("console", "$ mkdir here && cd here\n$ prover check ../small.circuit\n1 file checked, 0 errors\n$ pwd\n…/here\n")
        + Block("console refused", "$ true\n$ prover verify nothing\n…\n")
        + Block("sh", "dotnet run -c Release --project src/Prover.Cli -- batch prove bench/batches/first.json\n")));

    [Theory]
    [InlineData("circuit", Rule, "neither a test nor a property")]
    [InlineData("circuit", Rule + "test \"five\" { small(5) passes }\n", "five: ")]
    [InlineData("circuit", Rule + "test \"four\" { small(4) passes }\nbudget small <= 1\n", "budget")]
    [InlineData("circuit", Refused, "R0304")]
    [InlineData("circuit refused", Refused, "the diagnostic is missing")]
    [InlineData("text", "anything\n", "kind 'text'")]
    [InlineData("js", "console.log(1);\n", "names its file")]
    [InlineData("", "anything\n", "kind ''")]
    [InlineData("console", "$ false\n", "ends with 1")]
    [InlineData("console", "$ echo yes\nno\n", "prints something else")]
    [InlineData("console refused", "$ false\n$ true\n", "'false' ends with 1")]
    [InlineData("console refused", "$ true\n", "'true' ends with 0")]
    [InlineData("sh", "dotnet run -c Release --project src/Nothing\n", "'src/Nothing' is not there")]
    [InlineData("sh", "prover batch undo\n", "no command 'prover batch undo'")]
    [InlineData("sh", "curl example.org\n", "no program of this project")]
    public void A_block_that_says_what_is_not_so_fails(string kind, string text, string because) =>
        Assert.Contains(because, Assert.Single(BookCheck.FailuresOf("words\n\n" + Block(kind, text))), StringComparison.Ordinal);

    [Fact]
    public void Another_diagnostic_or_none_is_not_the_one_that_is_shown()
    {
        Assert.Contains("another one", Assert.Single(BookCheck.FailuresOf(Block("circuit refused", Refused) + Block("text", Diagnostic.Replace("value", "number", StringComparison.Ordinal)))), StringComparison.Ordinal);
        Assert.Contains("not refused", Assert.Single(BookCheck.FailuresOf(Block("circuit refused", Rule) + Block("text", Diagnostic))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("```circuit\nopen\n")]
    [InlineData("- ```circuit\n  indented\n  ```\n")]
    [InlineData("~~~\nother\n~~~\n")]
    [InlineData("```console\nno command\n```\n")]
    public void A_block_that_would_not_be_seen_is_an_error(string page) => Assert.Throws<FormatException>(() => BookCheck.FailuresOf(page));

    [Theory]
    [InlineData("a\nb\n", "a\nb\n", true)]
    [InlineData("a\nb\n\n", "a  \nb", true)]
    [InlineData("", "anything", true)]
    [InlineData("a…c\n", "abc\n", true)]
    [InlineData("a…c\n", "ab\nc\n", false)]
    [InlineData("…\nc\n", "a\nb\nc\n", true)]
    [InlineData("a\n…\n", "a\n", true)]
    [InlineData("a\n", "a\nb\n", false)]
    [InlineData("…\na\n", "a\nb\n", false)]
    [InlineData("$1.5 (a)\n", "$1.5 (a)\n", true)]
    [InlineData("1.5\n", "125\n", false)]
    public void Ellipses_stand_for_any_text(string expected, string actual, bool matches) =>
        Assert.Equal(matches, new Transcript("command", expected).Matches(actual));

    private static string Block(string kind, string text) => $"```{kind}\n{text}```\n";
}
