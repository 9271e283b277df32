namespace Prover.Constraints;

/// <summary>Collects rows into a <see cref="SparseMatrix"/>; the table of coefficients may be shared by several matrices.</summary>
public sealed class SparseMatrixBuilder(CoefficientTable coefficients)
{
    private readonly List<int> _rowStarts = [0];
    private readonly List<int> _wires = [];
    private readonly List<int> _coefficientIds = [];
    private readonly List<(int Wire, int Coefficient)> _row = [];

    /// <summary>Number of rows so far.</summary>
    public int RowCount => _rowStarts.Count - 1;

    /// <summary>Appends a combination as a row, its constant on wire 0, and returns the row's number.</summary>
    /// <param name="combination">The row.</param>
    /// <param name="wireOf">The wire (1 or above) of each variable.</param>
    public int Add(LinearCombination combination, ReadOnlySpan<int> wireOf)
    {
        _row.Clear();
        if (!combination.Constant.IsZero)
        {
            _row.Add((0, coefficients.IdOf(combination.Constant)));
        }

        var ascending = true;
        for (var i = 0; i < combination.Count; i++)
        {
            var wire = wireOf[combination.Variables[i]];
            ascending &= _row.Count == 0 || _row[^1].Wire < wire;
            _row.Add((wire, coefficients.IdOf(combination.Coefficients[i])));
        }

        if (!ascending)
        {
            _row.Sort(static (x, y) => x.Wire.CompareTo(y.Wire));
        }

        foreach (var (wire, coefficient) in _row)
        {
            _wires.Add(wire);
            _coefficientIds.Add(coefficient);
        }

        _rowStarts.Add(_wires.Count);
        return _rowStarts.Count - 2;
    }

    /// <summary>The matrix of all rows added.</summary>
    public SparseMatrix Build() => new([.. _rowStarts], [.. _wires], [.. _coefficientIds], coefficients.ToArray());
}
