using Prover.Constraints;

namespace Prover.Formats;

/// <summary>Collects the rows of a sparse matrix; equal coefficients become one.</summary>
internal sealed class MatrixBuilder(int rowCount)
{
    private readonly int[] _rowStarts = new int[rowCount + 1];
    private readonly List<int> _wires = [];
    private readonly List<int> _ids = [];
    private readonly List<Fr> _coefficients = [];
    private readonly Dictionary<Fr, int> _known = [];
    private readonly List<(int Wire, int Id)> _row = [];
    private int _rows;

    /// <summary>Adds a term to the current row; zero coefficients are dropped.</summary>
    public void Add(int wire, in Fr coefficient)
    {
        if (coefficient.IsZero)
        {
            return;
        }

        if (!_known.TryGetValue(coefficient, out var id))
        {
            id = _coefficients.Count;
            _known.Add(coefficient, id);
            _coefficients.Add(coefficient);
        }

        _row.Add((wire, id));
    }

    /// <summary>Ends the current row.</summary>
    /// <returns>A wire that the row names twice, or null.</returns>
    public int? EndRow()
    {
        // Files usually are sorted; only the others pay for it.
        for (var i = 1; i < _row.Count; i++)
        {
            if (_row[i - 1].Wire >= _row[i].Wire)
            {
                _row.Sort((x, y) => x.Wire.CompareTo(y.Wire));
                break;
            }
        }

        for (var i = 0; i < _row.Count; i++)
        {
            if (i > 0 && _row[i - 1].Wire == _row[i].Wire)
            {
                return _row[i].Wire;
            }

            _wires.Add(_row[i].Wire);
            _ids.Add(_row[i].Id);
        }

        _row.Clear();
        _rowStarts[++_rows] = _wires.Count;
        return null;
    }

    /// <summary>The matrix, once all rows are ended.</summary>
    public SparseMatrix Build() => new(_rowStarts, [.. _wires], [.. _ids], [.. _coefficients]);
}
