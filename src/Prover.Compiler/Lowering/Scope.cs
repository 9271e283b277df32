using Prover.Language;

namespace Prover.Compiler;

/// <summary>The local names visible at a place: a list from the innermost outwards, never changed once made.</summary>
/// <param name="Name">The innermost name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Outer">The names around it.</param>
/// <param name="Place">Where its value comes from, for messages.</param>
internal sealed record Scope(string Name, Value Value, Scope? Outer, SourceSpan Place = default)
{
    /// <summary>What gives the name its value, if that is one expression.</summary>
    public Definition? Definition { get; init; }

    /// <summary>The innermost scope of a name, or null, and how many names were looked at.</summary>
    public static Scope? Find(Scope? scope, string name, out int distance)
    {
        for (distance = 0; scope is not null; scope = scope.Outer, distance++)
        {
            if (string.Equals(scope.Name, name, StringComparison.Ordinal))
            {
                return scope;
            }
        }

        return null;
    }
}

/// <summary>An expression that gives something its value.</summary>
/// <param name="Value">The expression.</param>
/// <param name="Scope">The names around it.</param>
/// <param name="Round">The rounds of the loops around it, if it stands in others than what it defines.</param>
internal sealed record Definition(Expression Value, Scope? Scope, string? Round = null);

/// <summary>The condition under which something is required: those of the enclosing ifs, multiplied only when somebody asks.</summary>
internal sealed class Guard(Guard? outer, Signal condition)
{
    private Signal? _conjunction;

    public static Signal Of(Guard? guard, CircuitBuilder builder) => guard is null ? builder.True : guard.Conjunction(builder);

    private Signal Conjunction(CircuitBuilder builder) => _conjunction ??= outer is null ? condition : builder.And(outer.Conjunction(builder), condition);
}

/// <summary>A call in progress: where, and of what.</summary>
internal sealed record Frame(FunctionDeclaration Function, SourceSpan Call, Frame? Caller);
