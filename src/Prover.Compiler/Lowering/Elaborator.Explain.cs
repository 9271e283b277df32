using System.Globalization;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <remarks>
/// Takes a requirement that known inputs do not meet apart. All values are known here, so expressions can be evaluated again wherever their
/// scope is at hand: the elaborator that explains is another one than that which met the requirement.
/// </remarks>
internal sealed partial class Elaborator
{
    /// <summary>Names, calls and conditions that are looked behind on the way to a comparison.</summary>
    private const int MostSteps = 100;

    private const int LongestText = 60;

    /// <summary>Told by an exact interpreter of each requirement that its inputs do not meet, with the names around it.</summary>
    public Action<Node, Scope?>? Unmet { get; init; }

    /// <summary>What the requirement or narrow at a place compares; nothing if that cannot be said.</summary>
    public RequirementExplanation Explain(Node place, Scope? scope)
    {
        var nothing = new RequirementExplanation([], []);
        try
        {
            var explanation = place switch
            {
                RequireStatement require => ExplainCondition(require.Condition, scope) ?? nothing,
                NarrowExpression narrow when ResolveType(narrow.Type, scope) is NumberType { Bounds: { } bounds } type =>
                    new([], [SideOf(narrow.Value, scope)], $"{MessageFormat.Decimal(bounds.Low, type.Scale)} .. {MessageFormat.Decimal(bounds.High, type.Scale)}"),
                _ => nothing,
            };
            return explanation with { Span = place.Span };
        }
        catch (ElaborationException)
        {
            return nothing with { Span = place.Span };
        }
    }

    private RequirementExplanation? ExplainCondition(Expression condition, Scope? scope)
    {
        List<string> rounds = [];
        for (var step = 0; step < MostSteps; step++)
        {
            switch (condition)
            {
                case BinaryExpression { Operator: "and" } both:
                    condition = IsTrue(both.Left, scope) ? both.Right : both.Left;
                    break;
                case BinaryExpression { Operator: "<" or "<=" or ">" or ">=" or "==" or "!=" } comparison
                    when Evaluate(comparison.Left, scope) is Scalar && Evaluate(comparison.Right, scope) is Scalar:
                    Expression[] sides = [comparison.Left, comparison.Right];
                    return new(rounds, [.. sides.Where(side => side is not (NumberLiteral or BooleanLiteral)).Select(side => SideOf(side, scope))]);
                case OverRange { Operator: "all" } all when Unroll(all.Range, scope).FirstOrDefault(round => !IsTrue(all.Body, round)) is { } broken:
                    rounds.Add($"{broken.Name} = {((Scalar)broken.Value).Known}");
                    (condition, scope) = (all.Body, broken);
                    break;
                default:
                    if (Behind(condition, scope) is not { } behind)
                    {
                        return null;
                    }

                    (condition, scope) = (behind.Value, behind.Scope);
                    break;
            }
        }

        return null;
    }

    private bool IsTrue(Expression condition, Scope? scope) => Evaluate(condition, scope) is Scalar { IsTrue: true };

    /// <summary>The expression that gives a name, a call, a block or a choice its value; null for others.</summary>
    private Definition? Behind(Expression expression, Scope? scope)
    {
        switch (expression)
        {
            case NameExpression name:
                return Scope.Find(scope, name.Name, out _)?.Definition;
            case BlockExpression { Result: { } result } block:
                return new(result, Bind(block.Statements, scope));
            case IfExpression { Else: { } otherwise } choice:
                return new(IsTrue(choice.Condition, scope) ? choice.Then : otherwise, scope);
            case CallExpression call when !BuiltIns.Names.Contains(call.Name) && program.Find(call.Name) is FunctionDeclaration function:
                var (_, genericScope, arguments) = PrepareCall(function, call, scope);
                return new(function.Body, ParametersOf(function, genericScope, arguments, call));
            default:
                return null;
        }
    }

    private ComparedSide SideOf(Expression expression, Scope? scope)
    {
        var value = EvaluateScalar(expression, scope);
        List<SumTerm> terms = [];
        if (value.Kind == ScalarKind.Number)
        {
            CollectTerms(new(expression, scope), false, null, terms, 0);
        }

        if (terms.Count <= 1)
        {
            return new(TextOf(expression), Show(value), PartsOf(expression, scope), [], 0, "");
        }

        var (largest, count, total) = Largest(terms);
        return new(TextOf(expression), Show(value), [], largest, count, total is null ? "" : Show(total));
    }

    /// <summary>The values of the names, fields and elements in an expression, except those that stand for all of it.</summary>
    private List<string> PartsOf(Expression expression, Scope? scope)
    {
        List<string> parts = [];
        Visit(expression);
        return parts;

        void Visit(Expression? part)
        {
            switch (part)
            {
                case NameExpression or MemberExpression or IndexExpression:
                    // Loop variables have no place; the round names them.
                    var isLoop = part is NameExpression name && Scope.Find(scope, name.Name, out _) is { Place.File: null };
                    if (!ReferenceEquals(part, expression) && !isLoop && parts.Count < MostParts && Evaluate(part, scope) is Scalar { IsKnown: true } scalar)
                    {
                        var text = $"{TextOf(part)} = {Show(scalar)}";
                        parts.AddRange(parts.Contains(text) ? [] : [text]);
                    }

                    break;
                case BinaryExpression binary:
                    Visit(binary.Left);
                    Visit(binary.Right);
                    break;
                case UnaryExpression unary:
                    Visit(unary.Operand);
                    break;
                case RoundExpression round:
                    Visit(round.Value);
                    Visit(round.Divisor);
                    break;
                case NarrowExpression narrow:
                    Visit(narrow.Value);
                    break;
                case CallExpression call:
                    foreach (var argument in call.Arguments)
                    {
                        Visit(argument);
                    }

                    break;
            }
        }
    }

    private static string Show(Scalar value) => value.Kind switch
    {
        ScalarKind.Boolean => value.IsTrue ? "true" : "false",
        ScalarKind.Field => value.KnownField.ToString()!,
        _ => MessageFormat.Decimal(value.Known, value.Scale) + (value.Unit.IsNone ? "" : $" {value.Unit}"),
    };

    /// <summary>The text of an expression in one line.</summary>
    private static string TextOf(Expression expression)
    {
        var (file, start, length) = expression.Span;
        var text = string.Join(' ', file.Text.Substring(start, length).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= LongestText ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, LongestText - 1)}…");
    }
}
