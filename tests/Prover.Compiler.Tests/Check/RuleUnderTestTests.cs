using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler.Tests;

/// <summary>Interpreter, tape and constraints that disagree are told apart. Each is that of another rule here; otherwise they agree, of course.</summary>
public class RuleUnderTestTests
{
    private const string Five = "rule r(private x: field) { require x * x * x == 125, \"no five\" }";
    private const string Six = "rule r(private x: field) { require x * x * x == 216, \"no six\" }";

    [Fact]
    public void Ways_of_one_rule_agree()
    {
        var rule = Of(Five, Five, Five);
        Assert.Equal((null, null), rule.Run([5], changeWires: true));
        var (failure, disagreement) = rule.Run([6], changeWires: true);
        Assert.Equal(("no five", null), (failure?.Message, disagreement));
    }

    [Fact]
    public void The_interpreter_may_refuse_what_the_tape_accepts() =>
        Assert.Equal("the exact interpreter says \"no six\", the witness tape passes", Of(Six, Five, Five).Run([5], changeWires: false).Disagreement);

    [Fact]
    public void The_tape_may_refuse_what_the_interpreter_accepts() =>
        Assert.Equal("the exact interpreter says passes, the witness tape \"no five\"", Of(Six, Five, Five).Run([6], changeWires: false).Disagreement);

    [Fact]
    public void They_may_refuse_for_different_reasons() =>
        Assert.Equal("the exact interpreter says \"no six\", the witness tape \"no five\"", Of(Six, Five, Five).Run([7], changeWires: false).Disagreement);

    [Fact]
    public void The_constraints_may_refuse_what_the_tape_accepts() =>
        Assert.StartsWith("the tape's assignment violates the constraints: row 1: ", Of(Five, Five, Six).Run([5], changeWires: false).Disagreement, StringComparison.Ordinal);

    [Fact]
    public void The_constraints_may_accept_what_the_tape_refuses() =>
        Assert.StartsWith("the constraints accept what a requirement refuses: require failed: no five", Of(Five, Five, Six).Run([6], changeWires: false).Disagreement, StringComparison.Ordinal);

    [Fact]
    public void A_wire_may_be_free_only_if_nobody_looks()
    {
        var rule = Of(Five, Five, "");
        Assert.Equal((null, null), rule.Run([5], changeWires: false));
        Assert.Equal("the constraints accept another value on w2", rule.Run([5], changeWires: true).Disagreement);
    }

    /// <param name="meant">The rule that the interpreter runs.</param>
    /// <param name="computed">The rule whose tape it is.</param>
    /// <param name="constrained">The rule whose rows these are; none for an empty text.</param>
    private static RuleUnderTest Of(string meant, string computed, string constrained)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("r.circuit", meant), diagnostics);
        Assert.Empty(diagnostics);
        List<bool> decisions = [];
        var rule = (RuleDeclaration)program.Find("r")!;
        Assert.NotNull(CircuitCompiler.CompileRule(program, rule, [], decisions).Circuit);
        var circuit = Compile(computed);
        return new(program, new("r", rule, []), circuit with { R1cs = constrained.Length == 0 ? WithoutRows(circuit.R1cs) : Compile(constrained).R1cs }, decisions);
    }

    private static CompiledCircuit Compile(string text)
    {
        List<Diagnostic> diagnostics = [];
        return CircuitCompiler.Compile(CircuitProgram.Parse(new("r.circuit", text), diagnostics), "r", diagnostics).Circuit!;
    }

    private static R1cs WithoutRows(R1cs r1cs)
    {
        var none = new SparseMatrix([0], [], [], []);
        return r1cs with { A = none, B = none, C = none };
    }
}
