using System.Text.Json;

namespace Prover.LanguageServer.Tests;

public sealed class CompletionTests : IDisposable
{
    private const string Before = """
        import "shapes.circuit"
        unit USD
        const LIMIT = 5
        type Money = dec(2)[0 .. 2^40] USD
        struct Order { limit: int[0 .. 9], size: int[0 .. 9] }
        struct Book { best: Order, all: [Order; 3] }
        fn worth(o: Order) = o.limit * o.size

        """;

    private const string After = """

        test "t" { r([], 1) passes }
        budget r <= 10

        """;

    private readonly Session _session = new();

    public CompletionTests() => _session.Write("shapes.circuit", "fn imported(b: field) = b\n");

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("rule r(public order: Order) {\n  let x = order.¦\n}", "limit size")]
    [InlineData("rule r(public order: Order) {\n  require order.li¦\n}", "limit size")]
    [InlineData("rule r(public order: Order) {\n  require order.li¦ <= 3, \"x\"\n}", "limit size")]
    [InlineData("rule r(public order: Order) {\n  let x = worth(order) + order.¦\n  let y = 3\n}", "limit size")]
    [InlineData("rule r(public book: Book) {\n  let x = book.all[1].¦\n}", "limit size")]
    [InlineData("rule r(public book: Book) {\n  let x = max(i in 0..3: book.all[i].¦\n}", "limit size")]
    [InlineData("rule r(public book: Book) {\n  let b = book.best\n  let c = b with { size: 3 }\n  require worth(c.¦", "limit size")]
    [InlineData("rule r(public book: Book) {\n  let x = book.¦", "best all")]
    [InlineData("rule r(public book: Book) {\n  for i in 0..3 {\n    require book.all[i].¦\n  }\n  let y = 3\n}", "limit size")]
    [InlineData("rule r(public book: Book) {\n  require true, \"x {book.best.¦}\"\n}", "limit size")]
    [InlineData("rule r(public x: int[0 .. 9]) {\n  let y = x.¦\n}", "")]
    [InlineData("rule r(state t: tree<3, Order>) {\n  let y = t[3].¦\n}", "limit size")]
    [InlineData("rule r(state t: tree<3, Order>) {\n  let y = t.¦\n}", "root")]
    [InlineData("fn f(x: int[0 .. 9] ¦) = 3", "USD")]
    [InlineData("fn f(x: int[0 .. 9]) = div(x, 3, to 0, ¦)", "floor ceil trunc away half_even exact")]
    [InlineData("budget ¦", "r")]
    public void Only_what_has_its_place_there_is_offered(string marked, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Complete(marked.Contains("rule r", StringComparison.Ordinal) ? marked : $"rule r() {{ }}\n{marked}"));

    [Theory]
    [InlineData("rule r(public order: Order) {\n  let first = 1\n  ¦\n}", "let require for order first LIMIT worth imported sum Order", "hidden struct passes r")]
    [InlineData("rule r(public order: Order) {\n  let first = 1\n  let y = ¦\n  let hidden = 2\n}", "if fold order first LIMIT worth imported sum Order", "hidden y require struct passes r")]
    [InlineData("rule r(public order: Order) {\n  let first = wor¦", "order LIMIT worth imported", "first")]
    [InlineData("rule r(public order: Order) {\n  let z = max(i in 0..3: ¦\n}", "i order LIMIT worth", "z")]
    [InlineData("rule r(public order: Order) {\n  let z = fold s = 0 for k in 0..3 { s + ¦ }\n}", "s k order", "z")]
    [InlineData("rule r(public order: Order) {\n  if ¦\n}", "order LIMIT", "")]
    [InlineData("rule r(public order: Order) {\n  for i in 0..¦\n}", "order LIMIT", "i")]
    [InlineData("rule r(public order: Order) {\n  require true, \"{¦}\"\n}", "order LIMIT", "")]
    [InlineData("rule r<N>(public order: Order) {\n  let z = [1; ¦]\n}", "N order LIMIT", "z")]
    [InlineData("fn f<N>(a: [Order; ¦", "N LIMIT", "a r")]
    [InlineData("fn make() = Order { ¦ }", "limit size", "")]
    [InlineData("fn make() = Order { limit: 1, ¦ }", "limit size", "")]
    [InlineData("fn make(o: Order) = o with { ¦ }", "limit size", "")]
    [InlineData("fn make(o: ¦", "Order Book Money bool int dec field", "LIMIT worth USD")]
    [InlineData("fn make(o: Order) -> ¦", "Order Book Money bool int dec field", "LIMIT worth USD")]
    [InlineData("type Other = ¦", "Order Money int", "LIMIT worth")]
    [InlineData("const OTHER = ¦", "LIMIT worth", "r")]
    [InlineData("rule r() { }\ntest \"x\" { ¦ }", "r worth", "")]
    [InlineData("rule r(¦", "public private state", "LIMIT")]
    [InlineData("rule r(public x: bool, ¦)", "public private state", "LIMIT")]
    [InlineData("¦", "import const unit type struct fn rule test property budget", "let LIMIT")]
    [InlineData("con¦", "import const rule", "let LIMIT")]
    public void What_fits_is_offered_and_what_does_not_is_not(string marked, string offered, string others)
    {
        var labels = Complete(marked);

        Assert.Subset(labels.ToHashSet(StringComparer.Ordinal), offered.Split(' ').ToHashSet(StringComparer.Ordinal));
        Assert.Empty(labels.Intersect(others.Split(' '), StringComparer.Ordinal));
        Assert.DoesNotContain(CompletionProbe.Name, labels);
    }

    [Theory]
    [InlineData("// let x = ¦")]
    [InlineData("rule r(public x: bool) {\n  require x, \"some ¦ text\"\n}")]
    [InlineData("test \"a ti¦tle\" { r() passes }")]
    public void In_comments_and_texts_nothing_is_offered(string marked) => Assert.Empty(Complete(marked));

    [Theory]
    [InlineData("import \"¦\"\n")]
    [InlineData("import \"¦\n")]
    [InlineData("import \"sh¦apes.circuit\"\n")]
    public void Imports_are_completed_from_the_folder_and_the_library(string marked)
    {
        _session.Write("inner/deep.circuit", "");
        _session.Open("main.circuit", marked.Replace("¦", "", StringComparison.Ordinal));

        var items = _session.At("textDocument/completion", "main.circuit", marked).EnumerateArray().ToArray();
        var labels = items.Select(item => item.GetProperty("label").GetString()!).ToArray();

        Assert.Subset(labels.ToHashSet(StringComparer.Ordinal), new HashSet<string> { "shapes.circuit", "inner/deep.circuit", "std/poseidon.circuit" });
        Assert.DoesNotContain("main.circuit", labels);
        var edit = items[0].GetProperty("textEdit").Deserialize<TextEdit>(Json.Layout)!;
        var text = new OpenDocument("", "", 0, marked.Replace("¦", "", StringComparison.Ordinal)).Change(1, [new(edit.NewText, edit.Range)]).Text;
        Assert.Equal("import \"inner/deep.circuit\"\n", text);
    }

    private string[] Complete(string marked)
    {
        var text = Before + marked + After;
        _session.Open("c.circuit", text.Replace("¦", "", StringComparison.Ordinal));
        return [.. _session.At("textDocument/completion", "c.circuit", text).EnumerateArray().Select(item => item.GetProperty("label").GetString()!)];
    }
}
