using System.Text.Json;

namespace Prover.LanguageServer.Tests;

public sealed class NavigationTests : IDisposable
{
    private const string Library = "unit USD\nconst LIMIT = 5\nstruct Order { limit: int[0 .. 9] USD, size: int[0 .. 9] }\nfn worth(o: Order) = o.limit * o.size\n";

    private const string Main = """
        import "library.circuit"
        import "std/poseidon.circuit"

        fn largest<N>(orders: [Order; N]) = max(i in 0..N: orders[i].size)

        rule r<N>(public orders: [Order; N], public hash: field) {
          let first = orders[0]
          let again = fold best = first for k in 1..N { best with { size: best.size } }
          require worth(first) <= 81 and again.size <= LIMIT, "worth {first.size}"
          require poseidon([field(raw(largest(orders)))]) == hash, "hash"
        }

        test "one" { r<1>([Order { limit: 1, size: 2 }], 0) passes }
        budget r<1> <= 1_000

        """;

    private readonly Session _session = new();

    public NavigationTests() => _session.Write("library.circuit", Library);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("let first = or¦ders[0]", "rule r<N>(public ¦orders:")]
    [InlineData("worth(fir¦st)", "let ¦first")]
    [InlineData("\"worth {fir¦st.size}\"", "let ¦first")]
    [InlineData("be¦st with", "fold ¦best =")]
    [InlineData("orders[¦i].size)", "max(¦i in")]
    [InlineData("0..¦N: orders", "largest<¦N>")]
    [InlineData("k in 1..N¦ {", "rule r<¦N>")]
    [InlineData("raw(¦largest(", "fn ¦largest")]
    [InlineData("budget ¦r<1>", "rule ¦r<N>")]
    [InlineData("{ ¦r<1>(", "rule ¦r<N>")]
    public void A_name_leads_to_where_it_is_declared(string from, string to)
    {
        _session.Open("main.circuit", Main);
        Assert.Equal(_session.UriOf("main.circuit"), Definition(from).GetProperty("uri").GetString());
        Assert.Equal(PlaceOf(Main, to), StartOf(Definition(from)));
    }

    [Theory]
    [InlineData("wor¦th(first)", "fn ¦worth")]
    [InlineData("[Or¦der; N], public", "struct ¦Order")]
    [InlineData("orders[i].si¦ze)", "USD, ¦size")]
    [InlineData("again.si¦ze <=", "USD, ¦size")]
    [InlineData("{ size: best.si¦ze }", "USD, ¦size")]
    [InlineData("{ si¦ze: best", "USD, ¦size")]
    [InlineData("{ li¦mit: 1,", "{ ¦limit:")]
    [InlineData("{first.si¦ze}", "USD, ¦size")]
    [InlineData("<= LIMI¦T,", "const ¦LIMIT")]
    [InlineData("import \"libr¦ary.circuit\"", "¦unit USD")]
    public void A_name_leads_into_the_file_that_declares_it(string from, string to)
    {
        _session.Open("main.circuit", Main);
        Assert.Equal(_session.UriOf("library.circuit"), Definition(from).GetProperty("uri").GetString());
        Assert.Equal(PlaceOf(Library, to), StartOf(Definition(from)));
    }

    [Fact]
    public void A_name_of_the_standard_library_leads_to_a_copy_of_it_which_has_no_errors()
    {
        _session.Open("main.circuit", Main);
        var path = DocumentUri.ToPath(Definition("pose¦idon([field").GetProperty("uri").GetString()!);
        var text = File.ReadAllText(path);

        Assert.Contains("fn poseidon<", text, StringComparison.Ordinal);
        Assert.Empty(_session.OpenUri(DocumentUri.FromPath(path), text));
    }

    [Theory]
    [InlineData("ma¦x(i in")]
    [InlineData("requ¦ire worth")]
    public void What_the_language_defines_leads_nowhere(string from)
    {
        _session.Open("main.circuit", Main);
        Assert.Equal(JsonValueKind.Null, Definition(from).ValueKind);
    }

    [Theory]
    [InlineData("let first = or¦ders[0]", true, 3)]
    [InlineData("let first = or¦ders[0]", false, 2)]
    [InlineData("let fir¦st", true, 4)]
    [InlineData("rule r¦<N>", true, 3)]
    [InlineData("orders[i].si¦ze)", true, 8)]
    [InlineData("wor¦th(first)", true, 3)]
    [InlineData("ma¦x(i in", true, 0)]
    public void References_are_found_in_all_circuits_of_the_folder(string from, bool withDeclaration, int count)
    {
        _session.Write("inner/other.circuit", "import \"../library.circuit\"\nfn f(x: Order) = worth(x)\n");
        _session.Write("inner/stranger.circuit", "fn worth(x: int[0 .. 9]) = x\nfn g() = worth(1)\n");
        _session.Open("main.circuit", Main);

        Assert.Equal(count, At("textDocument/references", from, new { context = new { includeDeclaration = withDeclaration } }).GetArrayLength());
    }

    [Fact]
    public void Documents_are_outlined_from_top_to_bottom()
    {
        _session.Open("main.circuit", Main);
        var items = _session.Request("textDocument/documentSymbol", new { textDocument = new { uri = _session.UriOf("main.circuit") } }).EnumerateArray().ToArray();

        Assert.Equal(["largest", "r", "one", "budget r<1> <= 1_000"], items.Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(["orders", "hash"], items[1].GetProperty("children").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(new TextRange(new(3, 3), new(3, 10)), items[0].GetProperty("selectionRange").Deserialize<TextRange>(Json.Layout));
    }

    private JsonElement Definition(string from) => At("textDocument/definition", from);

    private JsonElement At(string method, string marked, object? more = null)
    {
        var part = marked.Replace("¦", "", StringComparison.Ordinal);
        Assert.Contains(part, Main, StringComparison.Ordinal);
        return _session.At(method, "main.circuit", Main.Replace(part, marked, StringComparison.Ordinal), more);
    }

    private static Position PlaceOf(string text, string marked)
    {
        var part = marked.Replace("¦", "", StringComparison.Ordinal);
        return new LineIndex(text).PositionOf(text.IndexOf(part, StringComparison.Ordinal) + marked.IndexOf('¦', StringComparison.Ordinal));
    }

    private static Position StartOf(JsonElement location) => location.GetProperty("range").GetProperty("start").Deserialize<Position>(Json.Layout)!;
}
