namespace Prover.Constraints;

/// <summary>
/// A matrix over Fr in compressed sparse rows: the terms of row i are those from <c>RowStarts[i]</c> up to <c>RowStarts[i+1]</c>.
/// Coefficients are kept once each, since a circuit has few different ones.
/// </summary>
/// <param name="RowStarts">Row count + 1 offsets into the two columns below.</param>
/// <param name="Wires">The wire of each term, ascending and unique within a row.</param>
/// <param name="CoefficientIds">The index into <paramref name="Coefficients"/> of each term.</param>
/// <param name="Coefficients">The distinct non-zero coefficients.</param>
public sealed record SparseMatrix(int[] RowStarts, int[] Wires, int[] CoefficientIds, Fr[] Coefficients)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => RowStarts.Length - 1;

    /// <summary>Number of non-zero entries.</summary>
    public int TermCount => Wires.Length;

    /// <summary>Σ coefficient·assignment[wire] over one row.</summary>
    public Fr Evaluate(int row, ReadOnlySpan<Fr> assignment)
    {
        var sum = Fr.Zero;
        for (var term = RowStarts[row]; term < RowStarts[row + 1]; term++)
        {
            ref readonly var coefficient = ref Coefficients[CoefficientIds[term]];
            sum += coefficient.IsOne ? assignment[Wires[term]] : coefficient * assignment[Wires[term]];
        }

        return sum;
    }
}
