using Prover.Compiler;
using Prover.Language;
using Prover.Testing;

namespace Prover.Circuits.Tests;

/// <summary>A rule of circuits/, compiled, that random inputs are tried on.</summary>
internal sealed class TriedRule
{
    private readonly Fr[][] _tested;

    private TriedRule(RuleUnderTest rule, Fr[][] tested)
    {
        Rule = rule;
        _tested = tested;
    }

    public RuleUnderTest Rule { get; }

    /// <summary>Compiles "name" or "name&lt;1, 2&gt;" of a file, with the inputs of the file's own tests of it.</summary>
    public static TriedRule Compile(string file, string name)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(Repository.PathOf("circuits", file), diagnostics);
        var tests = Compiler.RuleTests.Prepare(program, diagnostics).Tests.Where(test => test.Instance.Name == name).ToArray();
        List<bool> decisions = [];
        Assert.True(RuleName.Select(program, name, diagnostics) is not null, DiagnosticRenderer.Render(diagnostics));
        var (declaration, generics) = RuleName.Select(program, name, diagnostics)!.Value;
        var compilation = CircuitCompiler.CompileRule(program, declaration, generics, decisions);
        Assert.True(compilation.Circuit is not null, DiagnosticRenderer.Render(compilation.Diagnostics));
        var rule = new RuleUnderTest(program, new(name, declaration, generics), compilation.Circuit, decisions);
        return new(rule, [.. tests.Select(rule.InputsOf)]);
    }

    /// <summary>Inputs by name in the circuit's order; none must be missing or left over.</summary>
    public Fr[] InOrder(Dictionary<string, Fr> inputs)
    {
        Assert.Equal(Rule.Circuit.Inputs.Select(input => input.Name).Order(StringComparer.Ordinal), inputs.Keys.Order(StringComparer.Ordinal));
        return [.. Rule.Circuit.Inputs.Select(input => inputs[input.Name])];
    }

    /// <summary>Inputs that somebody means, three times in four; otherwise null, so that the types alone say what is tried.</summary>
    public Fr[]? Start(Random random, Dictionary<string, Fr>? honest) => random.Next(4) == 0
        ? null
        : honest is not null && (_tested.Length == 0 || random.Next(4) > 0)
            ? InOrder(honest)
            : _tested.Length > 0 ? _tested[random.Next(_tested.Length)] : null;
}
