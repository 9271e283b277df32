using System.Text.Json;

namespace Prover.LanguageServer.Tests;

public sealed class RenameTests : IDisposable
{
    private const string Library = "const LIMIT = 5\nstruct Order { limit: int[0 .. 9], size: int[0 .. 9] }\nfn worth(o: Order) = o.limit * o.size\n";

    private const string Main = """
        import "library.circuit"
        import "std/poseidon.circuit"

        fn order(limit: int[0 .. 9], size: int[0 .. 9]) = Order { limit, size }

        rule r(public pair: [Order; 2], public hash: field) {
          let first = pair[0]
          let both = sum(i in 0..2: worth(pair[i]))
          require both <= LIMIT and first.size <= 3, "both {both}"
          require poseidon([field(raw(first.limit))]) == hash, "hash"
        }

        test "two" { r([order(1, 2), order(1, 1)], 0) passes }

        """;

    private readonly Session _session = new();

    public RenameTests()
    {
        _session.Write("library.circuit", Library);
        _session.Open("main.circuit", Main);
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("let fir¦st", "one", "let one = pair[0]|one.size <= 3|raw(one.limit)")]
    [InlineData("{bo¦th}", "total", "let total = sum|require total <=|\"both {total}\"")]
    [InlineData("fn ¦order(", "make", "fn make(limit|[make(1, 2), make(1, 1)]")]
    [InlineData("fn ¦order(", "both", "fn both(limit")]
    [InlineData("let bo¦th", "limit", "let limit = sum")]
    [InlineData("order(lim¦it:", "most", "fn order(most: int|Order { limit: most, size }")]
    [InlineData("sum(¦i in", "k", "sum(k in 0..2: worth(pair[k]))")]
    [InlineData("rule ¦r(", "balanced", "rule balanced(public|{ balanced([order")]
    public void A_local_name_is_renamed_where_it_is_meant(string from, string name, string expected)
    {
        var changed = Rename(from, name);

        Assert.Equal([_session.UriOf("main.circuit")], changed.Keys);
        Assert.All(expected.Split('|'), part => Assert.Contains(part, changed.Values.Single(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("first.li¦mit", "cap", "Order { cap: limit, size }|raw(first.cap)", "{ cap: int|o.cap * o.size")]
    [InlineData("wor¦th(pair", "value", "value(pair[i])", "fn value(o")]
    [InlineData("[Ord¦er; 2]", "Trade", "[Trade; 2]|= Trade { limit", "struct Trade {|(o: Trade)")]
    public void What_another_file_declares_is_renamed_there_as_well(string from, string name, string here, string there)
    {
        _session.Write("other.circuit", "import \"library.circuit\"\nfn f(x: Order) = worth(x) + x.limit\n");

        var changed = Rename(from, name);

        Assert.Equal(3, changed.Count);
        Assert.All(here.Split('|'), part => Assert.Contains(part, changed[_session.UriOf("main.circuit")], StringComparison.Ordinal));
        Assert.All(there.Split('|'), part => Assert.Contains(part, changed[_session.UriOf("library.circuit")], StringComparison.Ordinal));
        Assert.Contains(name, changed[_session.UriOf("other.circuit")], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("let fir¦st", "1st", "no name")]
    [InlineData("let fir¦st", "", "no name")]
    [InlineData("let fir¦st", "größe", "no name")]
    [InlineData("let fir¦st", "a b", "no name")]
    [InlineData("let fir¦st", "let", "keyword")]
    [InlineData("let fir¦st", "sum", "part of the language")]
    [InlineData("let fir¦st", "hash", "declared already")]
    [InlineData("let fir¦st", "LIMIT", "declared already")]
    [InlineData("let fir¦st", "poseidon", "declared already")]
    [InlineData("let fir¦st", "both", "'both' the name would mean something else")]
    [InlineData("public ha¦sh", "pair", "declared already")]
    [InlineData("public pa¦ir", "hash", "declared twice")]
    [InlineData("LIMI¦T and", "worth", "declared already")]
    [InlineData("first.li¦mit", "size", "has a field 'size' already")]
    [InlineData("[Ord¦er; 2]", "trade", "would have an error")]
    public void A_name_that_is_none_or_taken_is_refused(string from, string name, string why)
    {
        var (code, message) = Session.Error(_session.Ask("textDocument/rename", Parameters(from, name)));

        Assert.Equal((int)ErrorCode.RequestFailed, code);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pose¦idon([", "standard library")]
    [InlineData("su¦m(i in", "part of the language")]
    [InlineData("requ¦ire both", "'require' is a keyword")]
    [InlineData("0¦..2", "no name here")]
    [InlineData("\"std/pose¦idon.circuit\"", "where they lie")]
    public void What_is_not_the_authors_to_name_is_refused(string from, string why)
    {
        Assert.Contains(why, _session.Refused("textDocument/prepareRename", Parameters(from)).Message, StringComparison.Ordinal);
        Assert.Contains(why, _session.Refused("textDocument/rename", Parameters(from, "other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_renamed_is_shown_first()
    {
        var prepared = _session.Request("textDocument/prepareRename", Parameters("let fir¦st"));
        Assert.Equal("first", prepared.GetProperty("placeholder").GetString());
        Assert.Equal(new TextRange(new(6, 6), new(6, 11)), prepared.GetProperty("range").Deserialize<TextRange>(Json.Layout));
    }

    [Fact]
    public void Nothing_is_renamed_while_a_file_that_may_name_it_does_not_parse()
    {
        _session.Write("broken.circuit", "import \"library.circuit\"\nfn f(x: Order) = worth(\n");
        Assert.Contains("broken.circuit:3:1", _session.Refused("textDocument/rename", Parameters("wor¦th(pair", "value")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Rename("let fir¦st", "one"));
    }

    /// <summary>The texts of the files that change, by their URIs.</summary>
    private Dictionary<string, string> Rename(string from, string name)
    {
        var changes = _session.Request("textDocument/rename", Parameters(from, name)).GetProperty("changes").Deserialize<Dictionary<string, TextEdit[]>>(Json.Layout)!;
        return changes.ToDictionary(file => file.Key, file =>
        {
            var path = DocumentUri.ToPath(file.Key);
            var text = File.Exists(path) ? File.ReadAllText(path) : Main;
            return new OpenDocument("", "", 0, text).Change(1, [.. file.Value.Reverse().Select(edit => new ContentChange(edit.NewText, edit.Range))]).Text;
        });
    }

    private object Parameters(string marked, string? newName = null)
    {
        var part = marked.Replace("¦", "", StringComparison.Ordinal);
        var offset = Main.IndexOf(part, StringComparison.Ordinal) + marked.IndexOf('¦', StringComparison.Ordinal);
        return new { textDocument = new { uri = _session.UriOf("main.circuit") }, position = new LineIndex(Main).PositionOf(offset), newName };
    }
}
