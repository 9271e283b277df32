using Prover.Constraints;

namespace Prover.Bench;

/// <summary>Collects the rows of a matrix; a coefficient is kept once however often it occurs.</summary>
internal sealed class RowBuilder
{
    private readonly List<int> _rowStarts = [0];
    private readonly List<int> _wires = [];
    private readonly List<int> _coefficientIds = [];
    private readonly List<Fr> _coefficients = [];
    private readonly Dictionary<Fr, int> _ids = [];

    /// <summary>Number of finished rows.</summary>
    public int Count => _rowStarts.Count - 1;

    /// <summary>Adds a term to the current row; wires are to ascend.</summary>
    public void Add(int wire, Fr coefficient)
    {
        if (!_ids.TryGetValue(coefficient, out var id))
        {
            id = _coefficients.Count;
            _ids.Add(coefficient, id);
            _coefficients.Add(coefficient);
        }

        _wires.Add(wire);
        _coefficientIds.Add(id);
    }

    /// <summary>Finishes the current row.</summary>
    public void EndRow() => _rowStarts.Add(_wires.Count);

    /// <summary>The matrix.</summary>
    public SparseMatrix Build() => new(_rowStarts.ToArray(), _wires.ToArray(), _coefficientIds.ToArray(), _coefficients.ToArray());
}
