using Prover.Constraints;

namespace Prover.Compiler;

/// <summary>Writes rows over variables, and the rows of calls, as rows over wires.</summary>
internal sealed class RowEmitter
{
    private readonly SlotNumbering _numbering;
    private readonly SparseMatrixBuilder _a;
    private readonly SparseMatrixBuilder _b;
    private readonly SparseMatrixBuilder _c;
    private readonly List<int> _rowSources = [];
    private readonly List<string> _sources;
    private readonly Dictionary<Fragment, (int[] Coefficients, int[] Sources)> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Wire, Fr Coefficient)> _terms = [];
    private readonly Dictionary<string, int> _sourceIds = new(StringComparer.Ordinal);

    public RowEmitter(CircuitGraph graph, SlotNumbering numbering)
    {
        var coefficients = new CoefficientTable();
        _numbering = numbering;
        (_a, _b, _c) = (new(coefficients), new(coefficients), new(coefficients));
        _sources = [.. graph.Sources];
        for (var i = 0; i < _sources.Count; i++)
        {
            _sourceIds.TryAdd(_sources[i], i);
        }
    }

    /// <summary>The source places.</summary>
    public IReadOnlyList<string> Sources => _sources;

    /// <summary>For each row the number of its place.</summary>
    public IReadOnlyList<int> RowSources => _rowSources;

    public void Add(in EmittedPart part)
    {
        if (part.Call is { Placement: { } placement } call)
        {
            Add(placement, call);
            return;
        }

        _a.Add(part.Row.A, _numbering.SlotOf);
        _b.Add(part.Row.B, _numbering.SlotOf);
        _c.Add(part.Row.C, _numbering.SlotOf);
        _rowSources.Add(part.Source);
    }

    public R1cs Build(int publicCount, int inputCount) =>
        new(_numbering.WireCount, 0, publicCount, inputCount - publicCount, _a.Build(), _b.Build(), _c.Build());

    /// <summary>The rows of a fragment: its wires are those of the call, and the combinations handed over stand in for its formals.</summary>
    private void Add(Placement placement, Operation call)
    {
        var fragment = placement.Fragment;
        var r1cs = fragment.Circuit.R1cs;
        var (coefficients, sources) = NumbersOf(fragment);
        if (fragment.Circuit.Sources.Any(CallTree.IsOpen))
        {
            sources = [.. fragment.Circuit.Sources.Select(source => SourceId(CallTree.IsOpen(source) ? _sources[call.Source] + source : source))];
        }

        var wireOf = new int[r1cs.WireCount];
        for (var i = 0; i < placement.Wires.Length; i++)
        {
            wireOf[1 + i] = placement.Wires[i].IsVariable(out var variable) ? _numbering.SlotOf[variable] : -1;
        }

        for (var k = 0; k < fragment.WireCount; k++)
        {
            wireOf[1 + placement.Wires.Length + k] = _numbering.SlotOf[call.FirstOutput + k];
        }

        for (var row = 0; row < r1cs.ConstraintCount; row++)
        {
            Add(_a, r1cs.A, row);
            Add(_b, r1cs.B, row);
            Add(_c, r1cs.C, row);
            _rowSources.Add(sources[fragment.Circuit.RowSources[row]]);
        }

        void Add(SparseMatrixBuilder builder, SparseMatrix matrix, int row)
        {
            if (!builder.TryAdd(matrix, row, wireOf, coefficients))
            {
                Substitute(matrix, row, wireOf, placement.Wires);
                builder.Add(_terms);
            }
        }
    }

    /// <summary>Collects the terms of a row some of whose wires are combinations.</summary>
    private void Substitute(SparseMatrix matrix, int row, int[] wireOf, LinearCombination[] formals)
    {
        _terms.Clear();
        var wires = matrix.WiresOf(row);
        var ids = matrix.CoefficientIdsOf(row);
        for (var i = 0; i < wires.Length; i++)
        {
            var coefficient = matrix.Coefficients.Span[ids[i]];
            if (wireOf[wires[i]] >= 0)
            {
                _terms.Add((wireOf[wires[i]], coefficient));
                continue;
            }

            var formal = formals[wires[i] - 1];
            _terms.Add((0, coefficient * formal.Constant));
            for (var term = 0; term < formal.Count; term++)
            {
                _terms.Add((_numbering.SlotOf[formal.Variables[term]], coefficient * formal.Coefficients[term]));
            }
        }
    }

    private (int[] Coefficients, int[] Sources) NumbersOf(Fragment fragment)
    {
        if (!_numbers.TryGetValue(fragment, out var numbers))
        {
            // One table serves a circuit's three matrices.
            numbers = (_a.NumbersOf(fragment.Circuit.R1cs.A.Coefficients.Span), [.. fragment.Circuit.Sources.Select(SourceId)]);
            _numbers.Add(fragment, numbers);
        }

        return numbers;
    }

    private int SourceId(string source)
    {
        if (!_sourceIds.TryGetValue(source, out var id))
        {
            id = _sources.Count;
            _sources.Add(source);
            _sourceIds.Add(source, id);
        }

        return id;
    }
}
