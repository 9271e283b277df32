using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>
/// A rule instance that is run in ways that must agree: over exact integers, on the witness tape, and against the constraints. Where a
/// requirement fails, the constraints must refuse what the tape would have computed.
/// </summary>
internal sealed class RuleUnderTest(CircuitProgram program, RuleInstance instance, CompiledCircuit circuit, List<bool> decisions)
{
    private WireMutation? _mutation;

    /// <summary>The compiled instance.</summary>
    public CompiledCircuit Circuit => circuit;

    /// <summary>A test's inputs in the circuit's order, with the leaves and paths that its states show.</summary>
    public Fr[] InputsOf(RuleTest test)
    {
        Fr[] inputs = [.. circuit.Inputs.Select(input => test.Inputs.GetValueOrDefault(input.Name))];
        StateReplay.Complete(circuit, inputs, [.. circuit.States.Trees.Select(tree => KnownState.Of(tree, test.States[tree.Name]))]);
        return inputs;
    }

    /// <summary>Runs the rule in all ways.</summary>
    /// <param name="inputs">One value for each input, in the circuit's order.</param>
    /// <param name="changeWires">Whether the constraints must also refuse the accepted assignment with any single wire changed.</param>
    /// <returns>The requirement that fails, if any, and in what the ways disagree, or null if they agree.</returns>
    public (RequirementFailure? Failure, string? Disagreement) Run(Fr[] inputs, bool changeWires)
    {
        var result = circuit.Tape.Solve(inputs);
        var exact = Interpret(inputs);
        return (result.Failure, exact != Verdict(result.Failure)
            ? $"the exact interpreter says {exact}, the witness tape {Verdict(result.Failure)}"
            : result.Assignment is { } assignment
                ? Accepted(assignment, changeWires)
                : Refused(circuit.Tape.SolveUnchecked(inputs), result.Failure!));
    }

    /// <summary>Where and why inputs do not meet a requirement: its rows and line, and the values that it compares; empty where all is met.</summary>
    public string Explain(Fr[] inputs)
    {
        if (circuit.Tape.Solve(inputs).Failure is not { } failure)
        {
            return "";
        }

        var rows = FailedRows.Of(circuit, inputs, failure) is { } range ? $"  {range}\n" : "";
        var explanation = RequirementExplanation.Of(program, instance, circuit, decisions, inputs, failure);
        var excerpt = explanation is null ? "" : DiagnosticRenderer.Excerpt(explanation.Span);
        return $"{rows}{excerpt}{explanation}".TrimEnd('\n');
    }

    private string? Accepted(Fr[] assignment, bool changeWires) =>
        circuit.R1cs.FindViolation(assignment) is { } violation
            ? $"the tape's assignment violates the constraints: {circuit.Describe(violation)}"
            : changeWires && (_mutation ??= new(circuit)).FindUnforcedWire(assignment) is { } wire
                ? $"the constraints accept another value on {wire}"
                : null;

    private string? Refused(Fr[] assignment, RequirementFailure failure) =>
        circuit.R1cs.FindViolation(assignment) is null ? $"the constraints accept what a requirement refuses: {failure}" : null;

    /// <summary>The rule over exact integers: elaborated with known inputs, all that remains are the requirements that fail.</summary>
    private string Interpret(Fr[] inputs)
    {
        var builder = new CircuitBuilder();
        var known = circuit.Inputs.Select((input, i) => (input.Name, Value: inputs[i])).ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal);
        try
        {
            new Elaborator(program, builder, instance.Name) { KnownInputs = known, Decisions = decisions }.ElaborateRule(instance.Rule, instance.Generics);
        }
        catch (ElaborationException error)
        {
            return DiagnosticRenderer.Render(error.Diagnostics);
        }

        return Verdict(builder.Build(instance.Name).Tape.Solve([]).Failure);
    }

    private static string Verdict(RequirementFailure? failure) => failure is null ? "passes" : $"\"{failure.Message}\"";
}
