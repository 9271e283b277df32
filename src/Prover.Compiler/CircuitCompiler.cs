using System.Numerics;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>A circuit, or the reasons why there is none.</summary>
/// <param name="Circuit">The circuit if there are no diagnostics.</param>
/// <param name="Diagnostics">What is wrong with the program.</param>
public sealed record Compilation(CompiledCircuit? Circuit, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>Compiles rules of circuit files.</summary>
public static class CircuitCompiler
{
    /// <summary>Compiles one rule of a file.</summary>
    /// <param name="path">The .circuit file.</param>
    /// <param name="rule">"name" or "name&lt;1, 2&gt;"; null if the file has a single rule without generics.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Compilation Compile(string path, string? rule = null)
    {
        List<Diagnostic> diagnostics = [];
        return Compile(CircuitProgram.Load(path, diagnostics), rule, diagnostics);
    }

    /// <summary>Compiles one rule of a program that has been loaded with the given diagnostics.</summary>
    public static Compilation Compile(CircuitProgram program, string? rule, IReadOnlyList<Diagnostic> found)
    {
        if (found.Count > 0)
        {
            return new(null, found);
        }

        List<Diagnostic> diagnostics = [];
        return RuleName.Select(program, rule, diagnostics) is var (declaration, generics)
            ? CompileRule(program, declaration, generics)
            : new(null, diagnostics);
    }

    /// <summary>Compiles an instance of a rule.</summary>
    public static Compilation CompileRule(CircuitProgram program, RuleDeclaration rule, IReadOnlyList<BigInteger> generics) =>
        CompileRule(program, rule, generics, []);

    /// <summary>Compiles an instance of a rule and lists which of its conditions were known, as an exact interpreter needs it.</summary>
    internal static Compilation CompileRule(
        CircuitProgram program, RuleDeclaration rule, IReadOnlyList<BigInteger> generics, List<bool> decisions, FragmentTable? fragments = null, ProgramFacts? facts = null)
    {
        var name = Instance.NameOf(rule.Name, generics);
        var builder = new CircuitBuilder();
        builder.Graph.CurrentCall = facts is null ? null : new CallTree();
        try
        {
            new Elaborator(program, builder, name, fragments) { Decisions = decisions, Facts = facts }.ElaborateRule(rule, generics);
        }
        catch (ElaborationException error)
        {
            return new(null, Diagnostic.InOrder(error.Diagnostics));
        }

        return facts is null ? Finish(builder, name, rule.NameSpan) : new(builder.Build(name), []);
    }

    /// <summary>The circuit, unless its rows leave a wire open. (Editors, which ask for facts with every key that is pressed, do not wait for that.)</summary>
    internal static Compilation Finish(CircuitBuilder builder, string name, SourceSpan place)
    {
        var check = new UniquenessCheck();
        var circuit = builder.Build(name, check.Begin);
        return check.Finish(circuit, place) is { } fault ? new(null, [fault]) : new(circuit, []);
    }

    /// <summary>
    /// Everything that is wrong with a file: its syntax and names, each rule without generics, and each instance that its tests and
    /// budgets use.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<Diagnostic> Check(string path)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Load(path, diagnostics);
        return diagnostics.Count > 0 ? diagnostics : Check(program);
    }

    /// <inheritdoc cref="Check(string)"/>
    /// <param name="program">The file with its imports, loaded without diagnostics.</param>
    /// <param name="facts">Gets what is found out on the way.</param>
    /// <exception cref="OperationCanceledException">Whoever wants the facts wants them no more.</exception>
    public static IReadOnlyList<Diagnostic> Check(CircuitProgram program, ProgramFacts? facts = null)
    {
        List<Diagnostic> diagnostics = [];
        Check(program, diagnostics, (instance, circuit, _) => facts?.Note(instance.Rule, circuit), facts: facts);
        return Diagnostic.InOrder(diagnostics);
    }

    /// <summary>Checks a program, hands over every instance that compiles with its decisions, and returns the tests and budgets.</summary>
    /// <param name="select">Which tests and budgets count; only their instances are compiled then. Null compiles rules that nobody tests too.</param>
    internal static RuleTests Check(
        CircuitProgram program,
        List<Diagnostic> diagnostics,
        Action<RuleInstance, CompiledCircuit, List<bool>> compiled,
        Func<RuleTests, RuleTests>? select = null,
        ProgramFacts? facts = null)
    {
        diagnostics.AddRange(NameCheck.Run(program));
        CheckConstants(program, diagnostics, facts);
        var suite = RuleTests.Prepare(program, diagnostics);
        suite = select?.Invoke(suite) ?? suite;
        var plain = program.Root.Declarations.OfType<RuleDeclaration>()
            .Where(rule => rule.Generics.Count == 0 && select is null)
            .Select(rule => new RuleInstance(rule.Name, rule, []));
        foreach (var instance in plain.Concat(suite.Instances).DistinctBy(instance => instance.Name))
        {
            // What exhausts the compiler once would exhaust it again.
            if (diagnostics.Count >= Diagnostic.MaximumPerFile || diagnostics.Exists(diagnostic => diagnostic.Code == Elaborator.Exhausted))
            {
                break;
            }

            List<bool> decisions = [];
            var compilation = CompileRule(program, instance.Rule, instance.Generics, decisions, facts: facts);
            diagnostics.AddRange(compilation.Diagnostics);
            if (compilation.Circuit is { } circuit)
            {
                compiled(instance, circuit, decisions);
            }
        }

        return suite;
    }

    /// <summary>Computes the constants of the program's root file, also those that nothing uses yet.</summary>
    private static void CheckConstants(CircuitProgram program, List<Diagnostic> diagnostics, ProgramFacts? facts)
    {
        try
        {
            new Elaborator(program, new CircuitBuilder(), "") { Facts = facts }.CheckConstants(program.Root.Declarations.OfType<ConstDeclaration>());
        }
        catch (ElaborationException error)
        {
            diagnostics.AddRange(error.Diagnostics);
        }
    }
}
