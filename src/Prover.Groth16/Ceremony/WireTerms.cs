using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>A matrix by columns: for each wire the rows that mention it, and each coefficient's digits.</summary>
internal sealed class WireTerms
{
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly int[] _coefficientIds;
    private readonly SignedDigits[] _digits;

    public WireTerms(SparseMatrix matrix, int wireCount)
    {
        _digits = Array.ConvertAll(matrix.Coefficients.ToArray(), c => new SignedDigits(c));
        _starts = new int[wireCount + 1];
        foreach (var wire in matrix.Wires.Span)
        {
            _starts[wire + 1]++;
        }

        for (var wire = 0; wire < wireCount; wire++)
        {
            _starts[wire + 1] += _starts[wire];
        }

        _rows = new int[matrix.TermCount];
        _coefficientIds = new int[matrix.TermCount];
        var next = _starts.AsSpan(0, wireCount).ToArray();
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var wires = matrix.WiresOf(row);
            var ids = matrix.CoefficientIdsOf(row);
            for (var term = 0; term < wires.Length; term++)
            {
                var place = next[wires[term]]++;
                _rows[place] = row;
                _coefficientIds[place] = ids[term];
            }
        }
    }

    /// <summary>The terms of one wire: row and digits of the coefficient.</summary>
    public IEnumerable<(int Row, SignedDigits Coefficient)> Of(int wire)
    {
        for (var i = _starts[wire]; i < _starts[wire + 1]; i++)
        {
            yield return (_rows[i], _digits[_coefficientIds[i]]);
        }
    }
}
