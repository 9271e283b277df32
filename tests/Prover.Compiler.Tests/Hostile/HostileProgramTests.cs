using System.Text;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>Programs that ask for more than there is: each gets a diagnostic soon, and its modest neighbour compiles.</summary>
public class HostileProgramTests
{
    /// <summary>Several times what each takes, so that a busy machine does not fail the test; what would hang takes for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("2^(10^9)", "R0402", "2^(10^2)")]
    [InlineData("2^2^2^2^2^2", "R0402", "2^2^2")]
    [InlineData("10^1000", "R0203", "10^60")]
    [InlineData("((2^200)^1000)^1000", "R0203", "(2^2)^3")]
    [InlineData("0.5^1000", "R0212", "0.5^10")]
    [InlineData("0.0^1000", "R0212", "0.0^76")]
    [InlineData("sum([0; 2^40])", "R0402", "sum([0; 2^10])")]
    [InlineData("len([[[0; 2^10]; 2^10]; 2^10])", "R0407", "len([[[0; 2^2]; 2^2]; 2^2])")]
    [InlineData("len([i in 0..2^20: [0; 2^20]])", "R0407", "len([i in 0..2^2: [0; 2^2]])")]
    [InlineData("sum(i in 0..2^60: i)", "R0402", "sum(i in 0..2^6: i)")]
    [InlineData("sum(i in -2^59..2^59: i)", "R0402", "sum(i in -2^5..2^5: i)")]
    [InlineData("sum(i in 0..2^20: sum(j in 0..2^20: i * j))", "R0402", "sum(i in 0..2^2: sum(j in 0..2^2: i * j))")]
    [InlineData("sum(i in 0..2^12: sum(j in 0..2^12: sum(k in 0..2^8: i)))", "R0407", "sum(i in 0..2: sum(j in 0..2: sum(k in 0..2: i)))")]
    [InlineData("fold s = 1 for i in 0..2^20 { fold t = s for j in 0..2^12 { t + 1 } }", "R0407", "fold s = 1 for i in 0..2 { fold t = s for j in 0..2 { t + 1 } }")]
    [InlineData("len(fold s = [0] for i in 0..60 { concat(s, s) })", "R0407", "len(fold s = [0] for i in 0..9 { concat(s, s) })")]
    [InlineData("len(fold s = [0] for i in 0..60 { [s, s] })", "R0407", "len(fold s = [0] for i in 0..9 { [s, s] })")]
    [InlineData("fold s = 2 for i in 0..60 { s * s }", "R0203", "fold s = 2 for i in 0..7 { s * s }")]
    [InlineData("round(1.5, to 10^9, floor)", "R0402", "round(1.5, to 10, floor)")]
    [InlineData("raw(dec<10^9>(1))", "R0402", "raw(dec<9>(1))")]
    [InlineData("len(bits<10^9>(1))", "R0402", "len(bits<9>(1))")]
    [InlineData("len(poseidon_constants<10^9>())", "R0402", "len(poseidon_constants<3>())")]
    [InlineData("len([0; 2^20] with { [0]: [1; 2^20] })", "R0407", "len([0; 2^2] with { [0]: [1; 2^2] })")]
    [InlineData("2^252", "R0203", "2^252 - 1")]
    [InlineData("raw(2^253)", "R0203", "raw(2^251)")]
    public void Constants(string hostile, string code, string modest)
    {
        Refused(Rule(hostile), code);
        Accepted(Rule(modest));

        static string Rule(string expression) => $"rule r(private x: int[0 .. 1]) {{\n  let v = {expression}\n  require x <= 1 and v == v, \"{{v}}\"\n}}\n";
    }

    [Theory]
    [InlineData("f<N>() = f<N + 1>()\nrule r() { require f<0>() == 0, \"m\" }", "R0502")]
    [InlineData("f() = g()\nfn g() = f()\nrule r() { require f() == 0, \"m\" }", "R0502")]
    [InlineData("f(x: [bool; f([])]) = 1\nrule r() { require f([]) == 0, \"m\" }", "R0502")]
    [InlineData("f() -> [bool; f()] = []\nrule r() { require len(f()) == 0, \"m\" }", "R0502")]
    [InlineData("f() = 1\nconst A = B\nconst B = A\nrule r() { require A == f(), \"m\" }", "R0404")]
    [InlineData("f() = 1\nconst A: int[0 .. A] = 1\nrule r() { require A == f(), \"m\" }", "R0404")]
    [InlineData("f() = A\nconst A = f()\nrule r() { require A == f(), \"m\" }", "R0404")]
    [InlineData("f() = 1\ntype T = [T; 2]\nrule r(private t: T) { }", "R0406")]
    [InlineData("f() = 1\ntype T = [T; 0]\nrule r(private t: T) { }", "R0406")]
    [InlineData("f() = 1\ntype T = U\ntype U = T\nrule r(private t: T) { }", "R0406")]
    [InlineData("f() = 1\nstruct S { s: S }\nrule r(private t: S) { }", "R0406")]
    [InlineData("f() = 1\nstruct S<N> { s: S<N + 1> }\nrule r(private t: S<0>) { }", "R0406")]
    [InlineData("f() = 1\nstruct S<N> { s: [S<N - 1>; N] }\nrule r(private t: S<3>) { }", "R0406")]
    [InlineData("f() = 1\nstruct S { s: [bool; len(size(1))] }\nfn size(s: S) = []\nrule r(private t: S) { }", "R0406")]
    public void What_refers_to_itself(string text, string code) => Refused("fn " + text + "\n", code);

    [Fact]
    public void What_refers_to_others_compiles() => Accepted(
        """
        fn f<N>() = N + g<N>()
        fn g<N>() = N + 1
        const A = B + 1
        const B = f<2>()
        type T = [U; A]
        type U = bool
        struct S<N> { t: T, s: [Q; N] }
        struct Q { b: bool }
        rule r(private s: S<2>) { require f<0>() == 1, "m" }
        """);

    [Theory]
    [InlineData("(", "1", ")", 50)]
    [InlineData("[", "1", "][0]", 50)]
    [InlineData("- ", "1", "", 150)]
    [InlineData("not ", "true", "", 150)]
    [InlineData("{ ", "1", " }", 50)]
    [InlineData("if true { ", "1", " } else { 1 }", 50)]
    [InlineData("if true { 1 } else ", "{ 1 }", "", 100)]
    [InlineData("2 ^ ", "1", "", 100)]
    [InlineData("1 + ", "1", "", 300)]
    [InlineData("1 * ", "1", "", 300)]
    [InlineData("true and ", "true", "", 300)]
    [InlineData("a < (", "1", ")", 30)]
    [InlineData("a < ", "1", "", 0)]
    [InlineData("f<", "1", ">(1)", 50)]
    [InlineData("f(", "1", ")", 50)]
    [InlineData("S<", "1", "> { x: 1 }", 50)]
    [InlineData("sum(i in 0..1: ", "1", ")", 50)]
    [InlineData("[i in 0..1: ", "1", "][0]", 50)]
    [InlineData("[i in ", "1", "..1: 1]", 30)]
    [InlineData("fold s = 1 for i in 0..1 { ", "1", " }", 50)]
    [InlineData("fold s = ", "1", " for i in 0..1 { s }", 50)]
    [InlineData("round(", "1", ", to 0, floor)", 50)]
    [InlineData("narrow(", "1", ", int[0 .. 9], \"m\")", 50)]
    [InlineData("narrow(1, int[0 .. ", "1", "], \"m\")", 50)]
    [InlineData("P { x: ", "1", " }.x", 50)]
    [InlineData("", "[[1]]", " with { [0]: [1] }", 50)]
    [InlineData("", "p", ".x", 50)]
    [InlineData("", "x", "[0]", 50)]
    public void Deep_nesting(string open, string inside, string close, int levels)
    {
        foreach (var depth in new[] { 100_000 / Math.Max(4, open.Length + close.Length), 2_000 })
        {
            var text = Text(depth);
            var verdict = Verdict.Of(text);
            verdict.AssertPlaced(text);
            Assert.NotEmpty(verdict.Diagnostics);
            Assert.InRange(verdict.Time, TimeSpan.Zero, Patience);
        }

        // Too deep is said only of what is too deep: a modest depth parses.
        Assert.DoesNotContain(Verdict.Of(Text(levels)).Diagnostics, diagnostic => diagnostic.Code is "R0105");

        string Text(int depth) =>
            $"rule r() {{\n  let v = {new StringBuilder().Insert(0, open, depth)}{inside}{new StringBuilder().Insert(0, close, depth)}\n  require v == v, \"m\"\n}}\n";
    }

    [Theory]
    [InlineData("for i in 0..1 { ", " }")]
    [InlineData("if true { ", " }")]
    public void Deep_statements(string open, string close)
    {
        Refused($"rule r() {{ {Repeat(open, 10_000)}require true, \"m\"{Repeat(close, 10_000)} }}", "R0105");
        Accepted($"rule r() {{ {Repeat(open, 50)}require true, \"m\"{Repeat(close, 50)} }}");
    }

    [Fact]
    public void Deep_types()
    {
        Refused($"type T = {Repeat("[", 50_000)}bool{Repeat("; 1]", 50_000)}\nrule r(private t: T) {{ }}", "R0105");
        Refused($"{string.Concat(Enumerable.Range(0, 10_000).Select(i => $"type T{i} = T{i + 1}\n"))}type T10000 = bool\nrule r(private t: T0) {{ }}", "R0105");
        Accepted($"{string.Concat(Enumerable.Range(0, 100).Select(i => $"type T{i} = T{i + 1}\n"))}type T100 = bool\nrule r(private t: T0) {{ }}");
    }

    /// <summary>Whatever stands around the call, the depth that is allowed fits on the stack.</summary>
    [Theory]
    [InlineData("NEXT")]
    [InlineData("[NEXT][0]")]
    [InlineData("P { a: NEXT }.a")]
    [InlineData("(P { a: 1 } with { a: NEXT }).a")]
    [InlineData("sum(i in 0..1: NEXT)")]
    [InlineData("fold s = 0 for i in 0..1 { s + NEXT }")]
    [InlineData("if true { NEXT } else { 1 }")]
    [InlineData("{\n let a = NEXT\n a\n}")]
    [InlineData("{\n for i in 0..1 { require NEXT == 1, \"m\" }\n 1\n}")]
    [InlineData("round(NEXT, to 0, half_even)")]
    [InlineData("narrow(NEXT, int[0 .. 9], \"m\")")]
    [InlineData("max(NEXT, NEXT - 1)")]
    [InlineData("len([0; NEXT])")]
    [InlineData("{\n let a: [bool; NEXT] = [true]\n 1\n}")]
    public void Deep_calls(string body)
    {
        Refused(Chain(2_000), "R0105");
        Accepted(Chain(body.Contains("NEXT -", StringComparison.Ordinal) ? 8 : 60));

        string Chain(int length) =>
            $"struct P {{ a: int }}\n{string.Concat(Enumerable.Range(0, length).Select(i => $"fn f{i}() = {body.Replace("NEXT", $"f{i + 1}()", StringComparison.Ordinal)}\n"))}fn f{length}() = 1\nrule r() {{ require f0() == 1, \"m\" }}";
    }

    [Fact]
    public void Calls_that_double_at_every_step()
    {
        Refused(Tree(60), "R0407");
        Accepted(Tree(10));

        static string Tree(int height) =>
            $"{string.Concat(Enumerable.Range(0, height).Select(i => $"fn f{i}() = f{i + 1}() + f{i + 1}()\n"))}fn f{height}() = 1\nrule r() {{ require f0() > 0, \"m\" }}";
    }

    [Fact]
    public void Sums_that_grow_term_by_term()
    {
        Refused(Sum(1 << 16), "R0407");
        Accepted(Sum(1 << 8));

        static string Sum(int length) =>
            $"rule r(private x: [field; {length}]) {{\n  let s = fold s = x[0] for i in 1..{length} {{ s + i * x[i] }}\n  require s == 0, \"m\"\n}}\n";
    }

    [Fact]
    public void Rows_that_are_all_long()
    {
        Refused(Rows(1 << 13), "R0407");
        Accepted(Rows(1 << 6));

        static string Rows(int length) =>
            $"rule r(private x: [field; {length}]) {{\n  let s = sum(x)\n  for i in 0..{length} {{ require s * x[i] == 1, \"m\" }}\n}}\n";
    }

    [Theory]
    [InlineData("[int[0 .. 2^250]; 2^40]", "R0402")]
    [InlineData("[[bool; 2^15]; 2^15]", "R0407")]
    [InlineData("[S<2^15>; 2^15]", "R0407")]
    [InlineData("S<2^40>", "R0402")]
    public void Inputs_beyond_number(string type, string code)
    {
        Refused(Rule(type), code);
        Accepted(Rule(type.Replace("2^15", "2^2", StringComparison.Ordinal).Replace("2^40", "2^2", StringComparison.Ordinal)));

        static string Rule(string type) => $"struct S<N> {{ a: [field; N] }}\nrule r(private x: {type}) {{ }}\n";
    }

    [Fact]
    public void Rules_of_more_wires_than_the_limit()
    {
        const string Text = "rule r(private x: [int[0 .. 255]; 100]) {\n  for i in 0..100 { require x[i] * x[i] < 100, \"m\" }\n}\n";
        Assert.Null(Refusal(5_000));
        Assert.Equal("the rule needs more than 1,000 wires", Refusal(1_000));

        static string? Refusal(long limit)
        {
            List<Diagnostic> diagnostics = [];
            var program = CircuitProgram.Parse(new("r.circuit", Text), diagnostics);
            var elaborator = new Elaborator(program, new CircuitBuilder(), "r") { MaximumVariables = limit };
            try
            {
                elaborator.ElaborateRule((RuleDeclaration)program.Find("r")!, []);
                return null;
            }
            catch (ElaborationException error)
            {
                return error.Message;
            }
        }
    }

    [Fact]
    public void Long_literals()
    {
        Refused($"const X = {new string('9', 100_000)}\n", "R0106");
        Refused($"const X = 0x{new string('f', 100_000)}\n", "R0106");
        Refused($"const X = 0.{new string('0', 100_000)}1\n", "R0106");
        Refused($"rule r(private x: field) {{ require x == {new string('9', 100)}, \"m\" }}\n", "R0203");
        Refused($"rule r(private x: field) {{ require x == {Fr.Modulus}, \"m\" }}\n", "R0203");
        Accepted($"rule r(private x: field) {{ require x == {Fr.Modulus - 1}, \"m\" }}\n");
    }

    [Fact]
    public void Many_names()
    {
        const int Count = 20_000;
        var lets = string.Concat(Enumerable.Range(0, Count).Select(i => $"  let a{i} = a0\n"));
        Refused($"rule r(private a0: int[0 .. 1]) {{\n  let b = a0\n{lets.Replace("= a0", "= b", StringComparison.Ordinal)}}}\n", "R0407");
        Accepted($"rule r(private a0: int[0 .. 1]) {{\n{string.Concat(lets.Split('\n').Take(500).Select(line => line + "\n"))}}}\n");
        Refused($"rule r() {{\n{string.Concat(Enumerable.Range(0, Count).Select(i => $"  require x{i}, \"{{y{i}}}\"\n"))}}}\n", "R0304");
    }

    private static void Refused(string text, string code)
    {
        var verdict = Verdict.Of(text);
        verdict.AssertPlaced(text);
        Assert.NotEmpty(verdict.Diagnostics);
        Assert.Contains(code, verdict.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.InRange(verdict.Time, TimeSpan.Zero, Patience);
        Assert.InRange(verdict.AllocatedBytes, 0, 4L << 30);
        Assert.InRange(verdict.Rendered.Length, 1, 200_000);
    }

    private static void Accepted(string text) => Assert.Equal("", Verdict.Of(text).Rendered);

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
