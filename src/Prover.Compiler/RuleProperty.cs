using Prover.Language;

namespace Prover.Compiler;

/// <summary>A property of a file as a rule: its variables are private inputs, its condition is required.</summary>
/// <param name="Declaration">The property.</param>
/// <param name="Instance">The rule, which requires what stands behind <c>where</c> first and the condition last.</param>
public sealed record RuleProperty(PropertyDeclaration Declaration, RuleInstance Instance)
{
    /// <summary>The equations among the conditions behind <c>where</c>.</summary>
    internal IReadOnlyList<BinaryExpression> Equations { get; } = [.. ConjunctsOf(Declaration.Where).OfType<BinaryExpression>().Where(term => term.Operator == "==")];

    /// <summary>Where a refused input says it was refused, or null if all inputs are meant.</summary>
    internal string? WherePlace => Declaration.Where?.Span.ToString();

    /// <summary>The rule of a property.</summary>
    public static RuleProperty Of(PropertyDeclaration property)
    {
        var name = $"property \"{property.Title}\"";
        List<Statement> statements = [];
        if (property.Where is { } where)
        {
            statements.Add(new RequireStatement(where.Span, where, new(where.Span, ["the inputs are not meant"], [])));
        }

        statements.Add(new RequireStatement(property.Body.Span, property.Body, new(property.Body.Span, [property.Title], [])));
        var body = new BlockExpression(property.Body.Span, statements, null);
        return new(property, new(name, new(property.Span, name, property.TitleSpan, [], property.Variables, body), []));
    }

    private static IEnumerable<Expression> ConjunctsOf(Expression? condition)
    {
        // From the last to the first, since "and" leans to the left.
        while (condition is BinaryExpression { Operator: "and" } both)
        {
            foreach (var term in ConjunctsOf(both.Right))
            {
                yield return term;
            }

            condition = both.Left;
        }

        if (condition is not null)
        {
            yield return condition;
        }
    }
}
