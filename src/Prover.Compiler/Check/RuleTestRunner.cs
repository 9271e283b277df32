using System.Diagnostics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>
/// Runs the tests and properties of a file. Each test runs in four ways that must agree: over exact integers, on the witness tape, against
/// the constraints, and against the constraints with wires changed.
/// </summary>
public sealed class RuleTestRunner
{
    private readonly CircuitProgram _program;
    private readonly Dictionary<string, RuleUnderTest> _rules = new(StringComparer.Ordinal);

    private RuleTestRunner(CircuitProgram program) => _program = program;

    /// <summary>
    /// Compiles every rule without generics and every instance that the file's tests and budgets name, and runs these, and its properties as
    /// <see cref="PropertySettings.Default"/> says.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileTestReport Run(string path) => Run(path, PropertySettings.Default);

    /// <inheritdoc cref="Run(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="settings">With which inputs its properties are tried.</param>
    /// <param name="filter">Which tests, properties and budgets count; only the instances that they name are compiled then. Null for all.</param>
    public static FileTestReport Run(string path, PropertySettings settings, TestFilter? filter = null)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(path, diagnostics);
        return diagnostics.Count > 0 ? new(path, diagnostics, [], [], []) : new RuleTestRunner(program).Run(path, diagnostics, settings, filter);
    }

    private FileTestReport Run(string path, List<Diagnostic> diagnostics, PropertySettings settings, TestFilter? filter)
    {
        var suite = CircuitCompiler.Check(
            _program,
            diagnostics,
            (instance, circuit, decisions) => _rules.Add(instance.Name, new(_program, instance, circuit, decisions)),
            filter is null ? null : filter.Select);
        var properties = suite.Properties.Select(property => property.Instance.Name).ToHashSet(StringComparer.Ordinal);
        return new(
            path,
            Diagnostic.InOrder(diagnostics),
            [.. suite.Tests.Where(test => _rules.ContainsKey(test.Instance.Name)).Select(Measure)],
            [.. suite.Budgets.Where(budget => _rules.ContainsKey(budget.Instance.Name))
                .Select(budget => new RuleBudgetResult(budget, _rules[budget.Instance.Name].Circuit.R1cs.ConstraintCount))],
            [.. _rules.Where(pair => !properties.Contains(pair.Key))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => CircuitLockEntry.Of(path, pair.Value.Circuit))])
        {
            Properties = [.. suite.Properties.Where(property => _rules.ContainsKey(property.Instance.Name))
                .Select(property => new PropertyRunner(_program, property, _rules[property.Instance.Name], settings).Run())],
        };
    }

    private RuleTestResult Measure(RuleTest test)
    {
        var start = Stopwatch.GetTimestamp();
        var failure = Run(test);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var rule = _rules[test.Instance.Name];
        return new(test, failure, elapsed) { Explanation = failure is null ? "" : rule.Explain(rule.InputsOf(test)) };
    }

    private string? Run(RuleTest test)
    {
        var rule = _rules[test.Instance.Name];
        var (failure, disagreement) = rule.Run(rule.InputsOf(test), changeWires: true);
        return disagreement ?? Expectation(test, failure);
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
}
