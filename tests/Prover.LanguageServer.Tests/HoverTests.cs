using System.Text.Json;

namespace Prover.LanguageServer.Tests;

public sealed class HoverTests : IDisposable
{
    private const string Program = """
        // The most that is allowed.
        const LIMIT = 5

        struct Order { limit: int[0 .. 9], size: int[0 .. 9] }  // one order

        // What an order is worth,
        // in whole coins.
        fn worth(o: Order) -> int = o.limit * o.size

        rule r(public order: Order) {
          let total = worth(order)
          require total <= LIMIT, "worth {total}"
        }
        """;

    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("let total = wor¦th(order)", "fn worth(o: Order) -> int\n", "What an order is worth,\nin whole coins.")]
    [InlineData("total <= LIMI¦T,", "const LIMIT = 5\n", "The most that is allowed.")]
    [InlineData("public order: ¦Order", "struct Order { limit: int[0 .. 9], size: int[0 .. 9] }\n", "one order")]
    [InlineData("= o.limit¦ * o.size", "limit: int[0 .. 9]\n", "")]
    [InlineData("worth(¦order)", "public order: Order\n", "")]
    [InlineData("\"worth {tot¦al}\"", "let total", "")]
    public void A_name_tells_how_it_is_declared_and_what_is_said_about_it(string marked, string code, string comment)
    {
        _session.Open("h.circuit", Program);

        var text = Hover(marked).GetProperty("contents").GetProperty("value").GetString()!;

        Assert.Contains($"```circuit\n{code}", text, StringComparison.Ordinal);
        Assert.Contains(comment, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// The ¦most")]
    [InlineData("  requi¦re total")]
    [InlineData("\"wor¦th {total}\"")]
    public void What_is_no_name_tells_nothing(string marked)
    {
        _session.Open("h.circuit", Program);
        Assert.Equal(JsonValueKind.Null, Hover(marked).ValueKind);
    }

    [Fact]
    public void The_range_is_that_of_the_name_behind_characters_of_two_units()
    {
        _session.Open("h.circuit", "const A = 1\r\nrule r(public x: field) {\r\n  require x == 1, \"😀 {A}\"\r\n}\r\n");
        var hover = _session.Request("textDocument/hover", new { textDocument = new { uri = _session.UriOf("h.circuit") }, position = new Position(2, 23) });
        Assert.Equal(new TextRange(new(2, 23), new(2, 24)), hover.GetProperty("range").Deserialize<TextRange>(Json.Layout));
    }

    /// <summary>Where a part of the program has a '¦'.</summary>
    private JsonElement Hover(string marked)
    {
        var part = marked.Replace("¦", "", StringComparison.Ordinal);
        Assert.Contains(part, Program, StringComparison.Ordinal);
        return _session.At("textDocument/hover", "h.circuit", Program.Replace(part, marked, StringComparison.Ordinal));
    }
}
