using System.Globalization;
using Prover.Language;

namespace Prover.Compiler.Tests;

/// <summary>An error hides no other error, causes no other error, and lets no circuit through.</summary>
public sealed class RecoveryTests
{
    /// <summary>Statements over <c>a</c>, <c>b</c> (numbers), <c>f</c> (field) and <c>ok</c> (bool), each with one error of the given code.</summary>
    private static readonly (string Code, string Text)[] BadStatements =
    [
        ("R0202", "require a, \"no bool\""),
        ("R0202", "let v# = a + ok"),
        ("R0202", "let v# = f < 3"),
        ("R0203", "let v# = a^20 * b^20"),
        ("R0204", "let v#: int[0 .. 5] = a"),
        ("R0405", "let v# = [a, b][2]"),
        ("R0211", "let v# = div(a, b, to 0, floor)"),
        ("R0501", "a + b"),
        ("R0304", "let v# = a + unknown#"),
        ("R0209", "let v# = if ok { a } else { f }"),
        ("R0309", "let v# = double(a, b)"),
        ("R0202", "let v# = sum(i in 0..2: [ok, f][i])"),
    ];

    private static readonly string[] GoodStatements =
    [
        "require a <= 1000, \"m\"",
        "let v# = if ok { a } else { b }",
        "for i in 0..3 { require a + i >= 0, \"m {i}\" }",
        "let v# = double(a) * b",
        "let v# = fold s = 0 for i in 0..3 { s + i }",
    ];

    [Fact]
    public void Tells_every_error_of_a_rule() => Refused(
        """
        rule r(private a: int[0 .. 100], private ok: bool) {
          let x: int[0 .. 5] = a
          require a, "no bool"
          let y = a + ok
          require a < 7, "{missing}"
        }
        """,
        "R0204 2:24", "R0202 3:11", "R0202 4:11", "R0304 5:20");

    [Fact]
    public void Tells_no_error_that_follows_from_another() => Refused(
        """
        rule r(private a: int[0 .. 100]) {
          let x = a + missing
          let y = x * 2
          let z = [x, y]
          for i in 0..2 { require z[i] < y, "{x}" }
          require x, "no bool, if it were something"
        }
        """,
        "R0304 2:15");

    [Fact]
    public void Looks_at_what_stands_beside_an_error() => Refused(
        """
        struct Pair { left: int[0 .. 9], right: int[0 .. 9] }
        fn add(a: int[0 .. 9], b: int[0 .. 9]) = a + b
        rule r(private a: int[0 .. 9], private ok: bool) {
          let sum = one + two
          let list = [three, a, four]
          let call = add(five, six)
          let pair = Pair { left: seven, right: eight }
          let choice = if ok { nine } else { ten }
          require eleven == twelve, "{thirteen}"
        }
        """,
        "R0304 4:13", "R0304 4:19", "R0304 5:15", "R0304 5:25", "R0304 6:18", "R0304 6:24", "R0304 7:27", "R0304 7:41",
        "R0304 8:24", "R0304 8:38", "R0304 9:11", "R0304 9:21", "R0304 9:31");

    [Fact]
    public void Tells_an_error_of_a_loop_once() => Refused(
        """
        rule r(private a: [int[0 .. 100]; 8]) {
          for i in 0..8 {
            let x: int[0 .. 5] = a[i]
            require a[i] + 1, "no bool"
          }
          let s = sum(i in 0..8: a[i] + missing)
          require a[9] == 0, "m"
        }
        """,
        "R0204 3:26", "R0202 4:13", "R0304 6:33", "R0405 7:13");

    [Fact]
    public void Tells_an_error_of_a_function_once() => Refused(
        """
        fn broken(x: int[0 .. 9]) -> int[0 .. 9] { x + missing }
        fn other(x: int[0 .. 9]) -> int[0 .. 9] {
          let y: bool = x
          x
        }
        rule r(private a: int[0 .. 9]) {
          require broken(a) < 3, "m"
          require broken(other(a)) < other(3), "m"
          require a, "no bool"
        }
        """,
        "R0304 1:48", "R0201 3:17", "R0202 9:11");

    [Fact]
    public void Tells_an_error_of_a_function_that_is_placed_once() => Refused(
        """
        fn heavy(x: int[0 .. 2^60]) -> int[0 .. 1] {
          let b = all(i in 0..64: x * x * x >= i + x)
          let y: int[0 .. 3] = x
          if b { 1 } else { 0 }
        }
        rule r(private a: [int[0 .. 2^60]; 4]) {
          for i in 0..4 { require heavy(a[i]) == 1, "m" }
          require a[0], "no bool"
        }
        """,
        "R0204 3:24", "R0202 8:11");

    [Fact]
    public void Poisons_constants_parameters_and_tests() => Refused(
        """
        const A = true + 1
        const B = A * 2
        const C = B - 1
        const D: int[0 .. 1] = 2
        rule r(private x: int, private y: [int[0 .. A]; 2], private z: int[0 .. 9]) {
          require x + y[0] < C, "m"
          require z, "no bool"
        }
        rule s(private x: int[0 .. 9]) { require x < 5, "m" }
        test "t" {
          let v = 1 + true
          let w = 2 + false
          s(v) passes
        }
        """,
        "R0202 1:11", "R0204 4:24", "R0206 5:19", "R0202 7:11", "R0202 11:11", "R0202 12:11");

    [Fact]
    public void Tells_errors_of_all_rules_and_tests() => Refused(
        """
        rule r(private x: int[0 .. 9]) { require x, "m" }
        rule s(private x: int[0 .. 9]) { require missing == x, "m" }
        rule t<N>(private x: int[0 .. 9]) { require x[N], "m" }
        test "r" { r(1) passes }
        test "t" { t<3>(1) passes }
        test "u" { t<4>(true + 1) passes }
        """,
        "R0202 1:42", "R0304 2:42", "R0208 3:45", "R0202 6:17");

    [Fact]
    public void Shows_the_first_fifty_and_counts_the_others()
    {
        var text = DiagnosticRenderer.Render(Check(Rule(Enumerable.Repeat("require a, \"no bool\"", 53))));
        Assert.Equal(50, text.Split("error[R0202]").Length - 1);
        Assert.EndsWith("\n\nand 3 more errors\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n\nand 1 more error\n", DiagnosticRenderer.Render(Check(Rule(Enumerable.Repeat("require a, \"no bool\"", 51)))), StringComparison.Ordinal);
        Assert.DoesNotContain("more", DiagnosticRenderer.Render(Check(Rule(Enumerable.Repeat("require a, \"no bool\"", 50)))), StringComparison.Ordinal);
        Assert.Equal(Diagnostic.MaximumPerFile, Check(Rule(Enumerable.Repeat("require a, \"no bool\"", 3_000))).Count);
    }

    /// <summary>Statements in any order: as many diagnostics as bad ones, and a circuit only if there are none.</summary>
    [Fact]
    public void Only_a_program_without_errors_becomes_a_circuit()
    {
        var random = new Random(20_240_611);
        for (var round = 0; round < 300; round++)
        {
            var bad = random.Next(4);
            var chosen = Enumerable.Range(0, bad).Select(_ => BadStatements[random.Next(BadStatements.Length)]).ToList();
            var statements = chosen.Select(statement => statement.Text)
                .Concat(Enumerable.Range(0, 4).Select(_ => GoodStatements[random.Next(GoodStatements.Length)]))
                .ToArray();
            random.Shuffle(statements);
            var program = Rule(statements.Select(statement => random.Next(4) switch
            {
                0 => $"for j in 0..2 {{\n {statement}\n }}",
                1 => $"if ok {{\n {statement}\n require a >= 0, \"m\"\n }}",
                2 => $"require true == {{\n {statement}\n true\n }}, \"m\"",
                _ => statement,
            }));
            var compilation = CircuitCompiler.Compile(program, "r", []);
            Assert.Equal(bad == 0, compilation.Circuit is not null);
            Assert.Equal(chosen.Select(statement => statement.Code).Order(), compilation.Diagnostics.Select(diagnostic => diagnostic.Code).Order());
            Assert.Equal(bad, CircuitCompiler.Check(program).Count);
        }
    }

    [Fact]
    public void A_builder_that_has_been_refused_builds_nothing()
    {
        var builder = new CircuitBuilder();
        builder.Input("x", true, null);
        Assert.Equal(2, builder.Build("r").R1cs.WireCount);
        builder.Refuse();
        Assert.Throws<InvalidOperationException>(() => builder.Build("r"));
        Assert.Throws<InvalidOperationException>(() => builder.BuildFragment("f", Value.Nothing, []));
    }

    [Fact]
    public void A_poison_is_never_taken_for_a_value()
    {
        Assert.Throws<InvalidOperationException>(() => Value.Poison.Size);
        Assert.Throws<InvalidOperationException>(Value.Poison.Describe);
        Assert.Throws<InvalidOperationException>(() => Value.Poison.Map(scalar => scalar));
    }

    /// <summary>Sixty functions that each call the next twice, the last of which is broken.</summary>
    [Fact]
    public void Errors_that_double_come_to_an_end()
    {
        var functions = Enumerable.Range(0, 60).Select(i => $"fn f{i}(x: int[0 .. 9]) {{ let a = f{i + 1}(x)\n let b = f{i + 1}(x)\n 1 }}");
        Refused(
            string.Join('\n', functions) + "\nfn f60(x: int[0 .. 9]) { let y = missing\n 1 }\nrule r(private x: int[0 .. 9]) { require f0(x) == 1, \"m\" }\n",
            "R0304 181:34");
    }

    private static CircuitProgram Rule(IEnumerable<string> statements) => Parse(
        "fn double(x: int[0 .. 2000]) = x + x\nrule r(private a: int[0 .. 1000], private b: int[0 .. 1000], private f: field, private ok: bool) {\n"
        + string.Join('\n', statements.Select((statement, i) => statement.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
        + "\nrequire a < b, \"last\"\n}\n");

    private static CircuitProgram Parse(string text)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("r.circuit", text), diagnostics);
        Assert.Empty(diagnostics);
        return program;
    }

    private static IReadOnlyList<Diagnostic> Check(CircuitProgram program) => CircuitCompiler.Check(program);

    private static void Refused(string text, params string[] expected) => Assert.Equal(
        expected,
        Check(Parse(text)).Select(diagnostic => $"{diagnostic.Code} {diagnostic.Primary.Span.ToString()["r.circuit:".Length..]}"));
}
