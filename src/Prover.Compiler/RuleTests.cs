using System.Numerics;
using Prover.Language;

namespace Prover.Compiler;

/// <summary>An instance of a rule.</summary>
/// <param name="Name">"name" or "name&lt;1, 2&gt;".</param>
/// <param name="Rule">Its declaration.</param>
/// <param name="Generics">Its generic arguments.</param>
public sealed record RuleInstance(string Name, RuleDeclaration Rule, IReadOnlyList<BigInteger> Generics);

/// <summary>A test of a file, ready to run.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Instance">The rule it calls.</param>
/// <param name="Inputs">The value of each input wire by name, such as "account.positions[3].size"; raw integers for numbers, 0 and 1 for booleans.</param>
/// <param name="ExpectedFailure">A part of the message of the requirement that must fail, or null if the rule must pass.</param>
public sealed record RuleTest(string Title, SourceSpan Span, RuleInstance Instance, IReadOnlyDictionary<string, Fr> Inputs, string? ExpectedFailure)
{
    /// <summary>The words of the first leaves of each state by its name; what the rule is shown of them is not among <see cref="Inputs"/>.</summary>
    internal IReadOnlyDictionary<string, Fr[][]> States { get; init; } = new Dictionary<string, Fr[][]>();
}

/// <summary>A ceiling on an instance's constraints.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Instance">The rule.</param>
/// <param name="Limit">The greatest number of constraints allowed.</param>
public sealed record RuleBudget(SourceSpan Span, RuleInstance Instance, int Limit);

/// <summary>The tests, properties and budgets of a file.</summary>
/// <param name="Tests">All tests whose arguments could be evaluated.</param>
/// <param name="Properties">All properties.</param>
/// <param name="Budgets">All budgets.</param>
public sealed record RuleTests(IReadOnlyList<RuleTest> Tests, IReadOnlyList<RuleProperty> Properties, IReadOnlyList<RuleBudget> Budgets)
{
    /// <summary>All instances that tests, properties or budgets need.</summary>
    public IEnumerable<RuleInstance> Instances => Tests.Select(test => test.Instance)
        .Concat(Properties.Select(property => property.Instance))
        .Concat(Budgets.Select(budget => budget.Instance))
        .DistinctBy(instance => instance.Name);

    /// <summary>Evaluates the arguments of every test and budget of the program's root file, and makes rules of its properties.</summary>
    public static RuleTests Prepare(CircuitProgram program, List<Diagnostic> diagnostics)
    {
        List<RuleTest> tests = [];
        List<RuleBudget> budgets = [];
        foreach (var test in program.Root.Tests)
        {
            Try(() => tests.Add(new Elaborator(program, new CircuitBuilder(), test.Title).PrepareTest(test)));
        }

        foreach (var budget in program.Root.Budgets)
        {
            Try(() => budgets.Add(new Elaborator(program, new CircuitBuilder(), budget.Rule).PrepareBudget(budget)));
        }

        foreach (var twins in program.Root.Properties.GroupBy(property => property.Title, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            diagnostics.Add(new(
                "R0301", $"the property '{twins.Key}' is declared twice", new(twins.ElementAt(1).TitleSpan, "declared again here"), [new(twins.First().TitleSpan, "first declared here")]));
        }

        return new(tests, [.. program.Root.Properties.Select(RuleProperty.Of)], budgets);

        void Try(Action prepare)
        {
            if (diagnostics.Exists(diagnostic => diagnostic.Code == Elaborator.Exhausted))
            {
                return;
            }

            try
            {
                prepare();
            }
            catch (ElaborationException error)
            {
                diagnostics.AddRange(error.Diagnostics);
            }
        }
    }
}
