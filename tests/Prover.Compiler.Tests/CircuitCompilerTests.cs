using Prover.Language;

namespace Prover.Compiler.Tests;

public class CircuitCompilerTests
{
    private const string Rules = """
        rule plain(private x: int[0 .. 9]) { require x > 3, "small" }
        rule sized<N, M>(private x: [bool; N], private y: [field; M]) { require x[0] and y[M - 1] == 1, "no" }
        """;

    [Theory]
    [InlineData("plain", "plain", 1)]
    [InlineData(" plain ", "plain", 1)]
    [InlineData("sized<2, 3>", "sized<2, 3>", 5)]
    [InlineData("sized<2,3>", "sized<2, 3>", 5)]
    [InlineData("sized < 2 , 3 >", "sized<2, 3>", 5)]
    public void Finds_rules_by_name(string text, string name, int inputs)
    {
        var circuit = Compile(Rules, text).Circuit!;
        Assert.Equal((name, inputs), (circuit.Name, circuit.Inputs.Count));
    }

    [Theory]
    [InlineData(null, "name the rule to compile")]
    [InlineData("", "there is no rule ''")]
    [InlineData("Plain", "there is no rule 'Plain'")]
    public void Names_that_are_no_rule(string? text, string message)
    {
        var diagnostic = Assert.Single(Compile(Rules, text).Diagnostics);
        Assert.Equal(("R0310", message, "its rules are plain, sized<N, M>"), (diagnostic.Code, diagnostic.Message, diagnostic.Help));
    }

    [Theory]
    [InlineData("plain<1>", "rule 'plain' takes no numbers: plain", "'plain<1>' gives 1")]
    [InlineData("plain<>", "rule 'plain' takes no numbers: plain", "'' is no whole number")]
    [InlineData("sized", "rule 'sized' takes 2 numbers: sized<N, M>", "no numbers are given")]
    [InlineData("sized<1>", "rule 'sized' takes 2 numbers: sized<N, M>", "'sized<1>' gives 1")]
    [InlineData("sized<1, x>", "rule 'sized' takes 2 numbers: sized<N, M>", "'x' is no whole number")]
    [InlineData("sized<1, 2", "rule 'sized' takes 2 numbers: sized<N, M>", "the '<' is not closed by a '>'")]
    [InlineData("sized<1, 2>>", "rule 'sized' takes 2 numbers: sized<N, M>", "'2>' is no whole number")]
    public void Numbers_that_a_rule_does_not_take(string text, string message, string help)
    {
        var diagnostic = Assert.Single(Compile(Rules, text).Diagnostics);
        Assert.Equal(("R0310", message, help), (diagnostic.Code, diagnostic.Message, diagnostic.Help));
    }

    [Fact]
    public void A_single_rule_needs_no_name()
    {
        Assert.Equal("plain", Compile(Rules.Split('\n')[0], null).Circuit!.Name);
        Assert.Equal("the file has no rules", Assert.Single(Compile("const A = 1\n", null).Diagnostics).Help);
    }

    [Theory]
    [InlineData("sized<-1, 2>", "R0402")]
    [InlineData("sized<0, 2>", "R0405")]
    [InlineData("sized<99999999999999999999, 2>", "R0402")]
    [InlineData("sized<1, 1>", null)]
    public void Generic_arguments_are_checked(string text, string? code) => Assert.Equal(code, Compile(Rules, text).Diagnostics is [var first, ..] ? first.Code : null);

    [Fact]
    public void Faults_of_several_instances_are_told_once()
    {
        const string Text = """
            rule r<N>(private x: [int[0 .. 9]; N]) { require x[0] and x[N - 1] > 3, "no" }
            test "one" { r([5]) passes }
            test "two" { r([5, 6]) passes }
            budget r<3> <= 10
            """;
        Assert.Single(Check(Text));
        Assert.Empty(Check(Text.Replace("x[0] and", "x[0] > 1 and", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_faulty_rule_is_told()
    {
        const string Text = """
            rule a(private x: int[0 .. 9]) { require x, "no" }
            rule b(private x: int[0 .. 9]) { require x > 1, "no" }
            rule c(private x: int[0 .. 9]) { require -x, "no" }
            test "t" { b(true) passes }
            """;
        Assert.Equal([1, 3, 4], Check(Text).Select(diagnostic => diagnostic.Primary.Span.File.Locate(diagnostic.Primary.Span.Start).Line).Order());
    }

    private static IReadOnlyList<Diagnostic> Check(string text) => CircuitCompiler.Check(Parse(text));

    private static Compilation Compile(string text, string? rule) => CircuitCompiler.Compile(Parse(text), rule, []);

    private static CircuitProgram Parse(string text)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("rules.circuit", text), diagnostics);
        Assert.Empty(diagnostics);
        return program;
    }
}
