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

    /// <summary>Appends a row of another matrix with its wires renamed; does nothing if they would not ascend strictly.</summary>
    /// <param name="matrix">The other matrix.</param>
    /// <param name="row">Its row.</param>
    /// <param name="wireOf">The new name of each wire; negative where there is none.</param>
    /// <param name="coefficientOf">For each of the matrix's coefficients its number in this builder's table.</param>
    /// <returns>Whether the row was appended.</returns>
    public bool TryAdd(SparseMatrix matrix, int row, ReadOnlySpan<int> wireOf, ReadOnlySpan<int> coefficientOf)
    {
        var wires = matrix.WiresOf(row);
        var previous = -1;
        foreach (var wire in wires)
        {
            if (wireOf[wire] <= previous)
            {
                return false;
            }

            previous = wireOf[wire];
        }

        var ids = matrix.CoefficientIdsOf(row);
        for (var i = 0; i < wires.Length; i++)
        {
            _wires.Add(wireOf[wires[i]]);
            _coefficientIds.Add(coefficientOf[ids[i]]);
        }

        _rowStarts.Add(_wires.Count);
        return true;
    }

    /// <summary>Appends a row of terms in any order; those of one wire are added up.</summary>
    public void Add(List<(int Wire, Fr Coefficient)> terms)
    {
        terms.Sort(static (x, y) => x.Wire.CompareTo(y.Wire));
        for (var i = 0; i < terms.Count;)
        {
            var (wire, sum) = (terms[i].Wire, Fr.Zero);
            for (; i < terms.Count && terms[i].Wire == wire; i++)
            {
                sum += terms[i].Coefficient;
            }

            if (!sum.IsZero)
            {
                _wires.Add(wire);
                _coefficientIds.Add(coefficients.IdOf(sum));
            }
        }

        _rowStarts.Add(_wires.Count);
    }

    /// <summary>The numbers of coefficients in this builder's table, new or old.</summary>
    public int[] NumbersOf(ReadOnlySpan<Fr> values)
    {
        var numbers = new int[values.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = coefficients.IdOf(values[i]);
        }

        return numbers;
    }

    /// <summary>The matrix of all rows added.</summary>
    public SparseMatrix Build() => new([.. _rowStarts], [.. _wires], [.. _coefficientIds], coefficients.ToArray());
}
