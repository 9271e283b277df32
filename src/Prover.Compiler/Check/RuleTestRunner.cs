using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>
/// Runs the tests of a file, each in four ways that must agree: over exact integers, on the witness tape, against the constraints, and
/// against the constraints with wires changed. Where a requirement fails, the constraints must refuse what the tape would have computed.
/// </summary>
public sealed class RuleTestRunner
{
    private readonly CircuitProgram _program;
    private readonly Dictionary<string, CompiledCircuit> _circuits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<bool>> _decisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WireMutation> _mutations = new(StringComparer.Ordinal);

    private RuleTestRunner(CircuitProgram program) => _program = program;

    /// <summary>Compiles every rule without generics and every instance that the file's tests and budgets name, and runs these.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileTestReport Run(string path)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(path, diagnostics);
        return diagnostics.Count > 0 ? new(path, diagnostics, [], [], []) : new RuleTestRunner(program).Run(path, diagnostics);
    }

    private FileTestReport Run(string path, List<Diagnostic> diagnostics)
    {
        var suite = CircuitCompiler.Check(_program, diagnostics, (instance, circuit, decisions) =>
        {
            _circuits.Add(instance.Name, circuit);
            _decisions.Add(instance.Name, decisions);
            _mutations.Add(instance.Name, new(circuit));
        });

        return new(
            path,
            [.. diagnostics.DistinctBy(diagnostic => diagnostic.Identity)],
            [.. suite.Tests.Where(test => _circuits.ContainsKey(test.Instance.Name)).Select(test => new RuleTestResult(test, Run(test)))],
            [.. suite.Budgets.Where(budget => _circuits.ContainsKey(budget.Instance.Name))
                .Select(budget => new RuleBudgetResult(budget, _circuits[budget.Instance.Name].R1cs.ConstraintCount))],
            [.. _circuits.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => CircuitLockEntry.Of(path, pair.Value))]);
    }

    private string? Run(RuleTest test)
    {
        var circuit = _circuits[test.Instance.Name];
        Fr[] inputs = [.. circuit.Inputs.Select(input => test.Inputs[input.Name])];
        var result = circuit.Tape.Solve(inputs);
        string exact;
        try
        {
            exact = Verdict(Interpret(test));
        }
        catch (ElaborationException error)
        {
            exact = DiagnosticRenderer.Render(error.Diagnostic);
        }

        return exact != Verdict(result.Failure)
            ? $"the exact interpreter says {exact}, the witness tape {Verdict(result.Failure)}"
            : Expectation(test, result.Failure) ?? (result.Assignment is { } assignment
                ? Accepted(circuit, test, assignment)
                : Refused(circuit, circuit.Tape.SolveUnchecked(inputs), result.Failure!));
    }

    private static string? Expectation(RuleTest test, RequirementFailure? failure) => (test.ExpectedFailure, failure) switch
    {
        (null, null) => null,
        (null, var unexpected) => unexpected.ToString(),
        (var expected, null) => $"passes, but should fail with \"{expected}\"",
        (var expected, var actual) => actual.Message.Contains(expected, StringComparison.Ordinal)
            ? null
            : $"should fail with \"{expected}\", but fails otherwise: {actual}",
    };

    private string? Accepted(CompiledCircuit circuit, RuleTest test, Fr[] assignment) =>
        circuit.R1cs.FindViolation(assignment) is { } violation
            ? $"the tape's assignment violates the constraints: {circuit.Describe(violation)}"
            : _mutations[test.Instance.Name].FindUnforcedWire(assignment) is { } wire
                ? $"the constraints accept another value on {wire}"
                : null;

    private static string? Refused(CompiledCircuit circuit, Fr[] assignment, RequirementFailure failure) =>
        circuit.R1cs.FindViolation(assignment) is null ? $"the constraints accept what a requirement refuses: {failure}" : null;

    /// <summary>The rule over exact integers: elaborated with known inputs, all that remains are the requirements that fail.</summary>
    private RequirementFailure? Interpret(RuleTest test)
    {
        var builder = new CircuitBuilder();
        new Elaborator(_program, builder, test.Instance.Name) { KnownInputs = test.Inputs, Decisions = _decisions[test.Instance.Name] }
            .ElaborateRule(test.Instance.Rule, test.Instance.Generics);
        return builder.Build(test.Instance.Name).Tape.Solve([]).Failure;
    }

    private static string Verdict(RequirementFailure? failure) => failure is null ? "passes" : $"\"{failure.Message}\"";
}
