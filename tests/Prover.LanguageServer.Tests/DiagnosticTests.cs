using System.Text.Json;

namespace Prover.LanguageServer.Tests;

public sealed class DiagnosticTests : IDisposable
{
    private const string Good = "rule r(public x: int[0 .. 9]) {\n  require x <= 8, \"large\"\n}\n";

    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_good_document_has_none() => Assert.Empty(_session.Open("good.circuit", Good));

    [Fact]
    public void An_unknown_name_is_marked_where_it_stands()
    {
        var found = Assert.Single(_session.Open("bad.circuit", Good.Replace("x <= 8", "y <= 8", StringComparison.Ordinal)));

        Assert.Equal("R0304", found.GetProperty("code").GetString());
        Assert.Equal((1, 10, 1, 11), RangeOf(found));
        Assert.Equal(1, found.GetProperty("severity").GetInt32());
    }

    [Fact]
    public void A_clash_of_two_places_shows_both_and_what_would_help()
    {
        var found = Assert.Single(_session.Open("clash.circuit", "type Small = int[0 .. 9]\nfn f(x: Small) = x\nrule r(public y: int[0 .. 10]) {\n  require f(y) <= 8, \"large\"\n}\n"));

        Assert.Equal((3, 12, 3, 13), RangeOf(found));
        Assert.Contains("help: narrow(", found.GetProperty("message").GetString(), StringComparison.Ordinal);
        var related = found.GetProperty("relatedInformation").EnumerateArray().ToArray();
        Assert.Contains(related, one => one.GetProperty("message").GetString()!.Contains("is declared here", StringComparison.Ordinal)
            && one.GetProperty("location").GetProperty("range").GetProperty("start").GetProperty("line").GetInt32() == 1);
    }

    [Fact]
    public void A_correction_takes_the_diagnostic_back()
    {
        Assert.Single(_session.Open("a.circuit", Good.Replace("x <=", "y <=", StringComparison.Ordinal)));
        Assert.Empty(_session.Change("a.circuit", Good));
    }

    [Fact]
    public void An_import_that_is_open_and_unsaved_counts_as_it_stands_in_the_editor()
    {
        _session.Write("library.circuit", "const LIMIT = 5\n");
        var main = "import \"library.circuit\"\nrule r(public x: int[0 .. 9]) {\n  require x <= MAXIMUM, \"large\"\n}\n";
        Assert.Single(_session.Open("main.circuit", main));

        _session.Forget();
        Assert.Empty(_session.Open("library.circuit", "const MAXIMUM = 5\n"));

        Assert.Empty(_session.Diagnostics(_session.UriOf("main.circuit")));

        _session.Forget();
        _session.Notify("textDocument/didClose", new { textDocument = new { uri = _session.UriOf("library.circuit") } });

        Assert.Single(_session.Diagnostics(_session.UriOf("main.circuit")));
    }

    [Fact]
    public void An_import_that_appears_on_disk_is_noticed()
    {
        Assert.Single(_session.Open("main.circuit", "import \"later.circuit\"\nconst A = LATER\n"), found => found.GetProperty("code").GetString() == "R0302");

        _session.Forget();
        _session.Write("later.circuit", "const LATER = 5\n");
        _session.Notify("workspace/didChangeWatchedFiles", new { changes = new[] { new { uri = _session.UriOf("later.circuit"), type = 1 } } });

        Assert.Empty(_session.Diagnostics(_session.UriOf("main.circuit")));
    }

    [Fact]
    public void What_is_wrong_in_an_import_is_shown_there_and_goes_with_the_document_that_imports_it()
    {
        _session.Write("broken.circuit", "const A = \n");
        Assert.Empty(_session.Open("main.circuit", "import \"broken.circuit\"\n"));
        Assert.Single(_session.Diagnostics(_session.UriOf("broken.circuit")));

        _session.Forget();
        _session.Notify("textDocument/didClose", new { textDocument = new { uri = _session.UriOf("main.circuit") } });

        Assert.Empty(_session.Diagnostics(_session.UriOf("broken.circuit")));
    }

    [Fact]
    public void Incremental_changes_count_utf16_units_and_follow_each_other()
    {
        _session.Open("u.circuit", "// 😀 é\r\nconst A = 1\r\nconst B = A\r\n");
        _session.Notify("textDocument/didChange", new
        {
            textDocument = new { uri = _session.UriOf("u.circuit"), version = 77 },
            contentChanges = new object[]
            {
                new { range = new TextRange(new(0, 5), new(0, 7)), text = "" },
                new { range = new TextRange(new(2, 10), new(2, 11)), text = "A + CC" },
            },
        });

        var found = Assert.Single(_session.Diagnostics(_session.UriOf("u.circuit"), 77));

        Assert.Equal((2, 14, 2, 16), RangeOf(found));
    }

    [Theory]
    [InlineData("a b.circuit", "a%20b.circuit")]
    [InlineData("ä#1%.circuit", "%C3%A4%231%25.circuit")]
    [InlineData("c+d.circuit", "c%2Bd.circuit")]
    public void Names_of_documents_may_be_escaped(string name, string escaped)
    {
        _session.Write("part one.circuit", "const ONE = 1\n");
        var uri = _session.UriOf("x").Replace("/x", $"/{escaped}", StringComparison.Ordinal);
        Assert.Equal(_session.PathOf(name), DocumentUri.ToPath(uri));

        Assert.Empty(_session.OpenUri(uri, "import \"part one.circuit\"\nconst TWO = ONE + 1\n"));
        Assert.Single(_session.Open("other.circuit", $"import \"{name}\"\nconst THREE = TWO + 1\nconst FOUR = FIVE\n"));
    }

    private static (int, int, int, int) RangeOf(JsonElement found) => found.GetProperty("range").Deserialize<TextRange>(Json.Layout) is var ((line, column), (endLine, endColumn))
        ? (line, column, endLine, endColumn)
        : default;
}
