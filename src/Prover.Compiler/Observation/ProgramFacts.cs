using System.Runtime.InteropServices;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>What a check has found out about the parts of a program: the values that expressions can have, and the rows that they cost. For editors.</summary>
/// <param name="cancellation">Ends the check that notes something here.</param>
public sealed class ProgramFacts(CancellationToken cancellation = default)
{
    /// <summary>Expressions between two looks at the cancellation.</summary>
    private const int Patience = 1 << 12;

    private readonly Dictionary<Expression, ObservedValue> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<InstanceRows> _rows = [];
    private int _noted;

    /// <summary>The type of the values that an expression has had, wherever it was evaluated, with all intervals joined; null if it never was.</summary>
    public string? TypeOf(Expression expression) => _values.GetValueOrDefault(expression)?.ToString();

    /// <summary>The rows of each instance of a rule, by the instance's name, in the order of their compilation.</summary>
    public IEnumerable<(string Instance, int Rows)> RowsOf(RuleDeclaration rule) =>
        _rows.Where(instance => ReferenceEquals(instance.Rule, rule)).Select(instance => (instance.Name, instance.Total));

    /// <summary>In each instance that has any, the rows of all calls of a function.</summary>
    public IEnumerable<(string Instance, int Rows)> RowsOf(FunctionDeclaration function) =>
        _rows.Select(instance => (instance.Name, instance.CountOf(function.Name))).Where(instance => instance.Item2 > 0);

    /// <summary>In each instance that has any, the rows that come from a part of the text, or from what is called there.</summary>
    /// <remarks>A value that two places need alike is computed once, and its rows count where it was needed first.</remarks>
    public IEnumerable<(string Instance, int Rows)> RowsIn(SourceSpan span) =>
        _rows.Select(instance => (instance.Name, instance.CountIn(span))).Where(instance => instance.Item2 > 0);

    /// <summary>Notes a value that an expression has.</summary>
    internal void Note(Expression expression, Value value)
    {
        if (++_noted % Patience == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, expression, out _);
        known ??= new(value);
        known.Join(value);
    }

    /// <summary>Notes an instance whose rows have been compiled with the calls that lead to them.</summary>
    internal void Note(RuleDeclaration rule, CompiledCircuit circuit) => _rows.Add(new(rule, circuit));
}
