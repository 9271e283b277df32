using System.Numerics;
using Prover.Language;
using Prover.Primitives;
using Prover.Witness;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>Evaluates a test's arguments to the values of the rule's input wires.</summary>
    public RuleTest PrepareTest(TestDeclaration test) => Complete(() => Prepare(test));

    private RuleTest Prepare(TestDeclaration test)
    {
        var rule = FindRule(test.Call.Name, test.Call.Span);
        var scope = Bind(test.Setup, null);
        var arguments = EvaluateAll(test.Call.Arguments, scope);
        if (arguments.Length != rule.Parameters.Count)
        {
            throw Error(
                "R0309",
                $"'{rule.Name}' takes {Count(rule.Parameters.Count, "argument")}, not {arguments.Length}",
                test.Call.Span,
                "here",
                null,
                new Label(rule.NameSpan, "declared here"));
        }

        var generics = InferGenerics(
            rule.Name, rule.NameSpan, rule.Generics, EvaluateGenerics(test.Call.Generics, scope), rule.Parameters, arguments, test.Call.Span);
        var genericScope = BindGenerics(rule.Generics, generics, rule.NameSpan);
        List<(string Name, Fr Value)> inputs = [];
        List<Fr> hashed = [];
        var states = new Dictionary<string, Fr[][]>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = rule.Parameters[i];
            if (parameter.IsState)
            {
                states[parameter.Name] = PrepareState(arguments[i], test.Call.Arguments[i], parameter, genericScope);
                continue;
            }

            var before = inputs.Count;
            Flatten(arguments[i], WithoutBounds(ResolveType(parameter.Type, genericScope)), parameter.Name, test.Call.Arguments[i].Span, parameter, inputs);
            hashed.AddRange(inputs.Skip(before).Where(_ => parameter.IsHashed).Select(input => input.Value));
        }

        if (rule.Parameters.Any(parameter => parameter.IsHashed))
        {
            inputs.Add((InputDigest.Name, Poseidon.Chain(hashed.ToArray())));
        }

        RefuseErrors();
        if (builder.Build(test.Title).Tape.Solve([]).Failure is { } failure)
        {
            throw Error("R0503", $"a value of the test cannot be computed: {failure.Message}", test.Call.Span, "for this call");
        }

        return new(test.Title, test.Span, new(Instance.NameOf(rule.Name, generics), rule, generics), inputs.ToDictionary(input => input.Name, input => input.Value, StringComparer.Ordinal), test.ExpectedFailure) { States = states };
    }

    /// <summary>The words of a state's first leaves.</summary>
    private Fr[][] PrepareState(Value argument, Expression place, Parameter parameter, Scope? scope)
    {
        var type = ResolveState(parameter, scope);
        if (argument is not ArrayValue { Elements: var leaves } || leaves.Length > BigInteger.One << (2 * type.Depth))
        {
            throw Error("R0313", $"a test gives the first leaves of {type} as an array, found {argument.Describe()}", place.Span, argument.Describe(), "the other leaves are zeros", new Label(parameter.Span, "declared here"));
        }

        return [.. leaves.Select(leaf =>
        {
            List<(string Name, Fr Value)> flat = [];
            Flatten(leaf, WithoutBounds(type.Leaf), "leaf", place.Span, parameter, flat);
            return flat.Select(word => word.Value).ToArray();
        })];
    }

    /// <summary>Evaluates a budget's arguments.</summary>
    public RuleBudget PrepareBudget(BudgetDeclaration budget) => Complete(() => Prepare(budget));

    private RuleBudget Prepare(BudgetDeclaration budget)
    {
        var rule = FindRule(budget.Rule, budget.Span);
        var generics = EvaluateGenerics(budget.Generics, null);
        if (generics.Length != rule.Generics.Count)
        {
            throw Error(
                "R0401",
                $"{rule.Name} takes {Count(rule.Generics.Count, "generic argument")}, not {generics.Length}",
                budget.Span,
                "here",
                null,
                new Label(rule.NameSpan, "declared here"));
        }

        return new(budget.Span, new(Instance.NameOf(rule.Name, generics), rule, generics), EvaluateCount(budget.Limit, null, "a budget", int.MaxValue));
    }

    private RuleDeclaration FindRule(string name, SourceSpan span) =>
        program.Find(name) as RuleDeclaration ?? throw Error("R0310", $"there is no rule '{name}'", NearestName.SpanOf(name, span), "not declared", NearestName.Suggest(name, program.Root.Declarations.OfType<RuleDeclaration>().Select(rule => rule.Name)));

    /// <summary>A test may give a value outside its range, to see it refused.</summary>
    private static ResolvedType WithoutBounds(ResolvedType type) => type switch
    {
        NumberType number => number with { Bounds = null },
        ArrayType array => array with { Element = WithoutBounds(array.Element) },
        _ => type,
    };

    private void Flatten(Value value, ResolvedType type, string path, SourceSpan span, Parameter parameter, List<(string Name, Fr Value)> inputs)
    {
        switch (Coerce(value, type, span, parameter), type)
        {
            case (Scalar { IsKnown: true } scalar, _):
                SignalOf(scalar);
                inputs.Add((path, scalar.Kind == ScalarKind.Field ? scalar.KnownField : Fr.FromInteger(scalar.Known)));
                break;
            case (ArrayValue array, ArrayType arrayType):
                for (var i = 0; i < array.Elements.Length; i++)
                {
                    Flatten(array.Elements[i], arrayType.Element, $"{path}[{i}]", span, parameter, inputs);
                }

                break;
            case (StructValue structure, StructType structType):
                for (var i = 0; i < structure.Fields.Length; i++)
                {
                    Flatten(structure.Fields[i], WithoutBounds(structType.Fields[i]), $"{path}.{structType.Declaration.Fields[i].Name}", span, parameter, inputs);
                }

                break;
            case var (other, _):
                throw Error("R0403", "a test's arguments must be known at compile time", span, other.Describe());
        }
    }
}
