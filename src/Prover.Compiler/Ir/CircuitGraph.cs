using System.Runtime.CompilerServices;
using Prover.Constraints;
using Prover.Language;
using Prover.Witness;

namespace Prover.Compiler;

/// <summary>The operations of a circuit in creation order, which is also an order in which they can be computed.</summary>
internal sealed class CircuitGraph
{
    /// <summary>Combinations of more slots than this become an intermediate value of the tape, computed once.</summary>
    private const int InlineTerms = 4;

    private readonly List<Operation> _operations = [];
    private readonly List<int> _definitions = [];
    private readonly List<string> _sources = [];
    private readonly Dictionary<SourceSpan, int> _sourceIds = new(SpanIdentity.Instance);
    private readonly Dictionary<(TapeOperation, LinearCombination, LinearCombination), int> _known = [];

    /// <summary>All operations so far.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Number of variables defined so far.</summary>
    public int VariableCount => _definitions.Count;

    /// <summary>Number of terms of all combinations made so far, in rows as often as they stand there: a measure of the work done.</summary>
    public long Terms { get; set; }

    /// <summary>The source places that operations name.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>The place recorded for operations added from now on.</summary>
    public SourceSpan CurrentSpan { get; set; }

    /// <summary>Decompositions made so far, by the value decomposed.</summary>
    public Dictionary<LinearCombination, BoundedBits> Decompositions { get; } = [];

    /// <summary>The index of the operation that defines a variable.</summary>
    public int DefinitionIndexOf(int variable) => _definitions[variable];

    /// <summary>Appends an operation and gives it its variables.</summary>
    public Operation Add(Operation operation)
    {
        operation.FirstOutput = _definitions.Count;
        operation.Source = SourceId(CurrentSpan);
        for (var i = 0; i < operation.OutputCount; i++)
        {
            _definitions.Add(_operations.Count);
        }

        _operations.Add(operation);
        CountTerms(operation.Rows);
        return operation;
    }

    /// <summary>Gives an operation the rows that name its own outputs.</summary>
    public void SetRows(Operation operation, Row[] rows)
    {
        operation.Rows = rows;
        CountTerms(rows);
    }

    /// <summary>The first output of an equal operation recorded before, if there is one.</summary>
    public bool TryFind(TapeOperation code, LinearCombination x, LinearCombination y, out int firstOutput) =>
        _known.TryGetValue((code, x, y), out firstOutput)
        || (code == TapeOperation.Product && _known.TryGetValue((code, y, x), out firstOutput));

    /// <summary>Lets later equal operations find this one.</summary>
    public int Record(TapeOperation code, LinearCombination x, LinearCombination y, Operation operation)
    {
        _known.Add((code, x, y), operation.FirstOutput);
        return operation.FirstOutput;
    }

    /// <summary>A signal of one variable that is a wire.</summary>
    public static Signal Wire(int variable, Interval? interval)
    {
        var combination = LinearCombination.FromVariable(variable);
        return new(combination, combination, interval);
    }

    /// <summary>A signal from its combination of wires; <paramref name="slots"/> is computed on the tape once if it is long.</summary>
    public Signal Combine(LinearCombination wires, LinearCombination slots, Interval? interval)
    {
        Terms += wires.Count;
        if (wires.IsConstant)
        {
            return new(wires, wires, interval);
        }

        if (interval is { IsPoint: true } point)
        {
            // The interval is forced by the constraints of its parts, so the value is this constant in every satisfying assignment.
            var constant = LinearCombination.FromConstant(Fr.FromInteger(point.Low));
            return new(constant, constant, interval);
        }

        if (slots.Count > InlineTerms)
        {
            var temporary = Add(new Operation { Code = TapeOperation.Linear, OutputCount = 1, DefinesWires = false, X = slots });
            slots = LinearCombination.FromVariable(temporary.FirstOutput);
        }
        else if (slots.Equals(wires))
        {
            slots = wires;
        }

        return new(wires, slots, interval);
    }

    private void CountTerms(Row[] rows)
    {
        foreach (var row in rows)
        {
            Terms += row.A.Count + row.B.Count + row.C.Count;
        }
    }

    private int SourceId(SourceSpan span)
    {
        if (!_sourceIds.TryGetValue(span, out var id))
        {
            id = _sources.Count;
            _sources.Add(span.ToString());
            _sourceIds.Add(span, id);
        }

        return id;
    }

    /// <summary>Compares spans by the identity of their file, since comparing texts would read them.</summary>
    private sealed class SpanIdentity : IEqualityComparer<SourceSpan>
    {
        public static SpanIdentity Instance { get; } = new();

        public bool Equals(SourceSpan x, SourceSpan y) => ReferenceEquals(x.File, y.File) && x.Start == y.Start;

        public int GetHashCode(SourceSpan span) => HashCode.Combine(RuntimeHelpers.GetHashCode(span.File), span.Start);
    }
}
