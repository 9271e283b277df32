using System.Text.Json;

namespace Prover.LanguageServer.Tests;

public sealed class FormattingTests : IDisposable
{
    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("const  A=1\n\n\n\nconst B = A// the same\n", "const A = 1\n\nconst B = A  // the same\n")]
    [InlineData("const A = 1\r\nconst  B = 2\r\nconst C = 3\r\n", "const A = 1\r\nconst B = 2\r\nconst C = 3\r\n")]
    [InlineData("\n\nconst A = 1", "const A = 1\n")]
    [InlineData("// 😀\nconst A  = 1 // é\n", "// 😀\nconst A = 1  // é\n")]
    public void A_document_is_formatted_by_one_replacement(string text, string expected)
    {
        _session.Open("f.circuit", text);

        var edit = Assert.Single(Format("f.circuit"));

        Assert.Equal(expected, new OpenDocument("", "", 0, text).Change(1, [new(edit.NewText, edit.Range)]).Text);
    }

    [Fact]
    public void Lines_that_stay_are_not_replaced()
    {
        _session.Open("f.circuit", "const A = 1\nconst  B = 2\nconst C = 3\n");
        Assert.Equal(new TextEdit(new(new(1, 0), new(2, 0)), "const B = 2\n"), Assert.Single(Format("f.circuit")));
    }

    [Theory]
    [InlineData("const A = 1\n")]
    [InlineData("const A = 1\r\n")]
    [InlineData("const A = \n")]
    [InlineData("")]
    public void What_is_formatted_or_broken_stays(string text)
    {
        _session.Open("f.circuit", text);
        Assert.Empty(Format("f.circuit"));
    }

    private TextEdit[] Format(string name) => _session.Request(
        "textDocument/formatting", new { textDocument = new { uri = _session.UriOf(name) }, options = new { tabSize = 4, insertSpaces = true } }).Deserialize<TextEdit[]>(Json.Layout)!;
}
