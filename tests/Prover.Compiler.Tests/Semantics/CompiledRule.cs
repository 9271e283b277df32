using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler.Tests;

/// <summary>A rule named r, run over exact integers, on the witness tape and against the constraints, which must agree.</summary>
internal sealed class CompiledRule
{
    private readonly CircuitProgram _program;
    private readonly CompiledCircuit _circuit;
    private readonly List<bool> _decisions;

    private CompiledRule(CircuitProgram program, CompiledCircuit circuit, List<bool> decisions)
    {
        _program = program;
        _circuit = circuit;
        _decisions = decisions;
    }

    /// <summary>The rule of a text that must compile.</summary>
    /// <param name="text">The program.</param>
    /// <param name="fewestRows">Functions called in loops are placed from so many rows on; null for the compiler's own number.</param>
    public static CompiledRule Of(string text, int? fewestRows = null)
    {
        var (program, compilation, decisions) = Compile(text, fewestRows);
        Assert.Equal("", DiagnosticRenderer.Render(compilation.Diagnostics));
        return new(program, compilation.Circuit!, decisions);
    }

    /// <summary>Rows.</summary>
    public int Cost => _circuit.R1cs.ConstraintCount;

    /// <summary>The inputs, with their ranges.</summary>
    public IReadOnlyList<CircuitInput> Inputs => _circuit.Inputs;

    /// <summary>The code of the first thing wrong with a text, or null if it compiles.</summary>
    public static string? Refusal(string text) => Compile(text).Compilation.Diagnostics is [var first, ..] ? first.Code : null;

    /// <summary>The message of the requirement that inputs fail, in the order of the parameters, or null if they pass.</summary>
    public string? Run(params BigInteger[] inputs)
    {
        var values = _circuit.Inputs.Select((input, i) => (input.Name, Value: Fr.FromInteger(inputs[i]))).ToDictionary(input => input.Name, input => input.Value);
        Assert.Equal(values.Count, inputs.Length);
        var known = new CircuitBuilder();
        new Elaborator(_program, known, "r") { KnownInputs = values, Decisions = _decisions }.ElaborateRule((RuleDeclaration)_program.Find("r")!, []);
        var exact = known.Build("r").Tape.Solve([]).Failure?.Message;

        Fr[] elements = [.. values.Values];
        var result = _circuit.Tape.Solve(elements);
        Assert.Equal(exact, result.Failure?.Message);

        var assignment = result.Assignment ?? _circuit.Tape.SolveUnchecked(elements);
        Assert.Equal(exact is null, _circuit.R1cs.FindViolation(assignment) is null);
        return exact;
    }

    private static (CircuitProgram Program, Compilation Compilation, List<bool> Decisions) Compile(string text, int? fewestRows = null)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("r.circuit", text), diagnostics);
        List<bool> decisions = [];
        return (program, diagnostics.Count > 0 ? new(null, diagnostics) : CircuitCompiler.CompileRule(program, (RuleDeclaration)program.Find("r")!, [], decisions, fewestRows is { } fewest ? new FragmentTable { FewestRows = fewest } : null), decisions);
    }
}
