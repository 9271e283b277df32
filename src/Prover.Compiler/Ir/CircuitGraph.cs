using System.Numerics;
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
    private readonly Dictionary<(SourceSpan, CallTree?), int> _sourceIds = new(SourceIdentity.Instance);
    private readonly Dictionary<(TapeOperation, LinearCombination, LinearCombination), int> _known = [];
    private readonly Dictionary<LinearCombination, BoundedBits> _decompositions = [];
    private readonly Dictionary<LinearCombination, (BigInteger Bound, Func<BoundedBits> Make)> _expected = [];
    private readonly Dictionary<Fragment, List<Operation>> _placements = new(ReferenceEqualityComparer.Instance);

    /// <summary>All operations so far.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Number of variables defined so far.</summary>
    public int VariableCount => _definitions.Count;

    /// <summary>Number of terms of all combinations made so far, in rows as often as they stand there: a measure of the work done.</summary>
    public long Terms { get; set; }

    /// <summary>Number of rows so far, needed or not.</summary>
    public long RowCount => _operations.Sum(operation => operation.Placement?.Fragment.Circuit.R1cs.ConstraintCount ?? operation.Rows.Length);

    /// <summary>The source places that operations name.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>The call recorded for operations added from now on: one place reached by two calls is then two sources. Null records none.</summary>
    public CallTree? CurrentCall { get; set; }

    /// <summary>The place recorded for operations added from now on.</summary>
    public SourceSpan CurrentSpan { get; set; }

    /// <summary>The decomposition of a value, if one was made or is at hand; null otherwise.</summary>
    public BoundedBits? FindDecomposition(LinearCombination value)
    {
        if (!_decompositions.TryGetValue(value, out var known) && _expected.TryGetValue(value, out var expected))
        {
            known = _decompositions[value] = expected.Make();
        }

        return known;
    }

    /// <summary>The bound of what <see cref="FindDecomposition"/> would give, without making it.</summary>
    public BigInteger? DecompositionBound(LinearCombination value) =>
        _decompositions.TryGetValue(value, out var known) ? known.Bound
        : _expected.TryGetValue(value, out var expected) ? expected.Bound : null;

    /// <summary>Remembers a decomposition, instead of a wider one of the same value.</summary>
    public void Remember(LinearCombination value, BoundedBits decomposition) => _decompositions[value] = decomposition;

    /// <summary>Says that a decomposition is to be had, and how.</summary>
    public void Expect(LinearCombination value, BigInteger bound, Func<BoundedBits> make) => _expected[value] = (bound, make);

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

    /// <summary>The operation of a placement, shared with an equal one. It needs the given checks of the caller's.</summary>
    public Operation Place(Placement placement, IEnumerable<Operation> checks)
    {
        if (!_placements.TryGetValue(placement.Fragment, out var all))
        {
            _placements.Add(placement.Fragment, all = []);
        }

        if (all.Find(other => other.Placement!.Wires.AsSpan().SequenceEqual(placement.Wires)) is { } known)
        {
            return known;
        }

        Terms += placement.Fragment.TermCount;
        var operation = Add(new Operation { Placement = placement, OutputCount = placement.Fragment.WireCount, IsRoot = placement.Fragment.HasRequirements });
        operation.Companions.AddRange(checks.Distinct());
        all.Add(operation);
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
        if (!_sourceIds.TryGetValue((span, CurrentCall), out var id))
        {
            id = _sources.Count;
            _sources.Add($"{CurrentCall?.Path}{span}");
            _sourceIds.Add((span, CurrentCall), id);
        }

        return id;
    }

    /// <summary>Compares spans by the identity of their file, since comparing texts would read them.</summary>
    private sealed class SourceIdentity : IEqualityComparer<(SourceSpan Span, CallTree? Call)>
    {
        public static SourceIdentity Instance { get; } = new();

        public bool Equals((SourceSpan Span, CallTree? Call) x, (SourceSpan Span, CallTree? Call) y) =>
            ReferenceEquals(x.Span.File, y.Span.File) && x.Span.Start == y.Span.Start && ReferenceEquals(x.Call, y.Call);

        public int GetHashCode((SourceSpan Span, CallTree? Call) source) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(source.Span.File), source.Span.Start, RuntimeHelpers.GetHashCode(source.Call));
    }
}
