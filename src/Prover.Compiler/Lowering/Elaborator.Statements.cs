using System.Globalization;
using System.Text;
using Prover.Language;

namespace Prover.Compiler;

internal sealed partial class Elaborator
{
    /// <summary>Executes one statement and returns the scope of the next.</summary>
    private Scope? Execute(Statement statement, Scope? scope)
    {
        switch (statement)
        {
            case LetStatement let:
                var value = Evaluate(let.Value, scope);
                if (let.Type is { } type)
                {
                    value = Coerce(value, ResolveType(type, scope), let.Value.Span, type);
                }

                return new(let.Name, value, scope, let.Value.Span) { Definition = new(let.Value, scope) };
            case RequireStatement require:
                ExecuteRequire(require, scope);
                return scope;
            case ForStatement loop:
                foreach (var step in Unroll(loop.Range, scope))
                {
                    RequireUnit(Evaluate(loop.Body, step), loop.Body);
                }

                return scope;
            case ExpressionStatement expression:
                RequireUnit(Evaluate(expression.Value, scope), expression.Value);
                return scope;
            default:
                throw new InvalidOperationException(statement.GetType().Name);
        }
    }

    /// <summary>A computed value that nobody looks at is a mistake: perhaps a check that was meant and not made.</summary>
    private void RequireUnit(Value value, Expression place)
    {
        if (!ReferenceEquals(value, Value.Nothing))
        {
            throw Error("R0501", $"{value.Describe()} is computed and not used", place.Span, "this value is dropped", "require it, or bind it with let");
        }
    }

    private void ExecuteRequire(RequireStatement statement, Scope? scope)
    {
        var condition = Attempt(statement.Condition, scope);
        using var _ = builder.At(statement.Span);
        var requirement = Requirement(statement.Message, statement.Span, scope);
        RefusePoison(condition);
        var bit = BooleanOf(condition, statement.Condition);
        if (bit is { IsKnown: true, IsTrue: false } && !CircuitBuilder.IsFalse(CurrentGuard))
        {
            Unmet?.Invoke(statement, scope);
        }

        builder.Require(SignalOf(bit), CurrentGuard, requirement);
    }

    private Requirement Requirement(MessageTemplate template, SourceSpan span, Scope? scope)
    {
        var text = new StringBuilder();
        List<RequirementArgument> arguments = [];
        for (var i = 0; i < template.Texts.Count; i++)
        {
            text.Append(template.Texts[i].Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            if (i < template.Values.Count)
            {
                var scalar = EvaluateScalar(template.Values[i], scope);
                text.Append(CultureInfo.InvariantCulture, $"{{{arguments.Count}}}");
                arguments.Add(new(SignalOf(scalar), scalar.Scale, scalar.Kind == ScalarKind.Boolean));
            }
        }

        return new(text.ToString(), arguments, span, instanceName);
    }
}
