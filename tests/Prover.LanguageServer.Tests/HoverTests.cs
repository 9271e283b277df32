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
    [InlineData("let tot¦al =", "let total: int[0 .. 81]", "Its value: ")]
    [InlineData("\"worth {tot¦al}\"", "let total: int[0 .. 81]", "Its value: ")]
    [InlineData("let total = wor¦th(order)", "`int[0 .. 81]`", "Here: 1 row in `r`.")]
    [InlineData("let total = wor¦th(order)", "", "All calls: 1 row in `r`.")]
    [InlineData("rule ¦r(public", "", "The whole rule: ")]
    [InlineData("= o.limit¦ * o.size", "`int[0 .. 9]`", "")]
    [InlineData("worth(¦order)", "`Order`", "")]
    [InlineData("rule r(public ord¦er:", "`Order`", "")]
    [InlineData("total <= LIMI¦T,", "`int[5 .. 5]`", "")]
    public void Types_and_costs_are_known_once_the_document_is_checked(string marked, string type, string cost)
    {
        _session.Open("h.circuit", Program);

        var text = Hover(marked).GetProperty("contents").GetProperty("value").GetString()!;

        Assert.Contains(type, text, StringComparison.Ordinal);
        Assert.Contains(cost, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_of_all_rounds_and_instances_are_joined_and_units_are_shown()
    {
        const string Units = """
            unit USD
            type Money = dec(2)[0 .. 2^40] USD
            fn twice<N>(xs: [Money; N]) = sum(i in 0..N: xs[i] * (i + 1))
            rule pair(public a: Money) { require twice([a, a]) <= 5.0 * USD1, "a" }
            rule single(public a: Money) { require twice([a]) <= 5.0 * USD1, "b" }
            const USD1: int[1 .. 1] USD = 1
            """;
        Assert.Empty(_session.Open("u.circuit", Units));

        string At(string marked) => _session.At("textDocument/hover", "u.circuit", Units.Replace(marked.Replace("¦", "", StringComparison.Ordinal), marked, StringComparison.Ordinal))
            .GetProperty("contents").GetProperty("value").GetString()!;

        Assert.Contains("`int[0 .. 1]`", At("(¦i + 1)"), StringComparison.Ordinal);
        Assert.Contains("`dec(2)[0 .. 2^40] USD`", At("{ require twice([¦a])"), StringComparison.Ordinal);
        Assert.Contains("`[dec(2)[0 .. 2^40] USD; 2], elsewhere another type`", At("x¦s[i]"), StringComparison.Ordinal);
        Assert.Contains("sum(array) or sum(i in a..b", At("= ¦sum("), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_what_has_no_errors_are_known_beside_what_has()
    {
        var broken = Program.Replace("total <= LIMIT", "total <= LIMT", StringComparison.Ordinal);
        Assert.Single(_session.Open("h.circuit", broken));
        Assert.Contains("let total: int[0 .. 81]", _session.At("textDocument/hover", "h.circuit", broken.Replace("let total", "let tot¦al", StringComparison.Ordinal)).ToString(), StringComparison.Ordinal);
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
