namespace Prover.Constraints;

/// <summary>
/// A matrix over Fr in compressed sparse rows: the terms of row i are those from <c>RowStarts[i]</c> up to <c>RowStarts[i+1]</c>.
/// Coefficients are kept once each, since a circuit has few different ones. The lists may lie in arrays or in a mapped file.
/// </summary>
/// <param name="RowStarts">Row count + 1 offsets into the two columns below.</param>
/// <param name="Wires">The wire of each term, ascending and unique within a row.</param>
/// <param name="CoefficientIds">The index into <paramref name="Coefficients"/> of each term.</param>
/// <param name="Coefficients">The distinct non-zero coefficients.</param>
public sealed record SparseMatrix(
    ReadOnlyMemory<int> RowStarts, ReadOnlyMemory<int> Wires, ReadOnlyMemory<int> CoefficientIds, ReadOnlyMemory<Fr> Coefficients)
{
    /// <summary>A matrix whose lists are arrays, which nobody changes from now on.</summary>
    public SparseMatrix(int[] rowStarts, int[] wires, int[] coefficientIds, Fr[] coefficients)
        : this(rowStarts.AsMemory(), wires.AsMemory(), coefficientIds.AsMemory(), coefficients.AsMemory())
    {
    }

    /// <summary>Number of rows.</summary>
    public int RowCount => RowStarts.Length - 1;

    /// <summary>Number of non-zero entries.</summary>
    public int TermCount => Wires.Length;

    /// <summary>The wires of a row's terms.</summary>
    public ReadOnlySpan<int> WiresOf(int row) => TermsOf(row, Wires);

    /// <summary>For each of a row's terms the index of its coefficient.</summary>
    public ReadOnlySpan<int> CoefficientIdsOf(int row) => TermsOf(row, CoefficientIds);

    /// <summary>Σ coefficient·assignment[wire] over one row.</summary>
    public Fr Evaluate(int row, ReadOnlySpan<Fr> assignment)
    {
        var sum = Fr.Zero;
        var wires = WiresOf(row);
        var ids = CoefficientIdsOf(row);
        var coefficients = Coefficients.Span;
        for (var term = 0; term < wires.Length; term++)
        {
            ref readonly var coefficient = ref coefficients[ids[term]];
            sum += coefficient.IsOne ? assignment[wires[term]] : coefficient * assignment[wires[term]];
        }

        return sum;
    }

    /// <summary>The given rows in the given order, with the same coefficients.</summary>
    public SparseMatrix Select(ReadOnlySpan<int> rows)
    {
        var starts = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            starts[i + 1] = starts[i] + WiresOf(rows[i]).Length;
        }

        var (wires, ids) = (new int[starts[^1]], new int[starts[^1]]);
        for (var i = 0; i < rows.Length; i++)
        {
            WiresOf(rows[i]).CopyTo(wires.AsSpan(starts[i]));
            CoefficientIdsOf(rows[i]).CopyTo(ids.AsSpan(starts[i]));
        }

        return new(starts, wires, ids, Coefficients);
    }

    private ReadOnlySpan<int> TermsOf(int row, ReadOnlyMemory<int> list)
    {
        var starts = RowStarts.Span;
        return list.Span[starts[row]..starts[row + 1]];
    }
}
