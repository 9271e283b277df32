using Prover.Language;

namespace Prover.Compiler.Tests;

public class ProgramFactsTests
{
    private const string Source = """
        fn square(x: int[0 .. 99]) = x * x

        rule r<N>(private xs: [int[0 .. 99]; N], public limit: int[0 .. 2^20]) {
          let squares = [i in 0..N: square(xs[i])]
          require sum(squares) <= limit, "too large"
        }

        test "one" { r<1>([2], 4) passes }
        budget r<3> <= 100
        """;

    [Fact]
    public void Whoever_watches_gets_the_same_circuit()
    {
        var (program, rule) = Parse();
        var watched = CircuitCompiler.CompileRule(program, rule, [3], [], facts: new()).Circuit!;

        Assert.Equal(CircuitCompiler.CompileRule(program, rule, [3]).Circuit!.Hash, watched.Hash);
    }

    [Fact]
    public void Values_are_joined_and_rows_add_up()
    {
        var (program, rule) = Parse();
        var facts = new ProgramFacts();
        Assert.Empty(CircuitCompiler.Check(program, facts));

        var function = program.Root.Declarations.OfType<FunctionDeclaration>().Single();
        var let = Assert.IsType<LetStatement>(rule.Body.Statements[0]);
        Assert.Equal("int[0 .. 9801]", facts.TypeOf(function.Body));
        Assert.Equal("[int[0 .. 9801]; 1], elsewhere another type", facts.TypeOf(let.Value));
        Assert.Null(facts.TypeOf(new NumberLiteral(rule.Span, 1, 0)));
        Assert.Equal([("r<1>", 1), ("r<3>", 3)], facts.RowsOf(function));
        Assert.Equal([("r<1>", 1), ("r<3>", 3)], facts.RowsIn(let.Value.Span));
        Assert.Equal(facts.RowsOf(rule), facts.RowsIn(rule.Span));
    }

    [Fact]
    public void A_check_that_nobody_waits_for_ends()
    {
        var (program, _) = Parse("rule long() { require sum(i in 0..10_000: i) >= 0, \"sum\" }\n");
        using var cancellation = new CancellationTokenSource();
        Assert.Empty(CircuitCompiler.Check(program, new(cancellation.Token)));

        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => CircuitCompiler.Check(program, new(cancellation.Token)));
    }

    private static (CircuitProgram Program, RuleDeclaration Rule) Parse(string source = Source)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("facts.circuit", source), diagnostics);
        Assert.Empty(diagnostics);
        return (program, program.Root.Declarations.OfType<RuleDeclaration>().Single());
    }
}
