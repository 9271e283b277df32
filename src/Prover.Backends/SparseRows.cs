using Prover.Algebra;

namespace Prover.Backends;

/// <summary>A matrix over Fr in compressed sparse rows: the terms of row i are those from <c>RowStarts[i]</c> up to <c>RowStarts[i+1]</c>.</summary>
/// <param name="RowStarts">Row count + 1 offsets into the two lists below.</param>
/// <param name="Columns">The column of each term.</param>
/// <param name="CoefficientIds">The index into <paramref name="Coefficients"/> of each term.</param>
/// <param name="Coefficients">The coefficients.</param>
public readonly record struct SparseRows(
    ReadOnlyMemory<int> RowStarts, ReadOnlyMemory<int> Columns, ReadOnlyMemory<int> CoefficientIds, ReadOnlyMemory<Fr> Coefficients)
{
    /// <summary>Number of rows.</summary>
    public int RowCount => RowStarts.Length - 1;

    /// <summary>The inner products of the rows from <paramref name="from"/> up to <paramref name="to"/> with a vector, each to its row's place.</summary>
    public void Multiply(ReadOnlySpan<Fr> vector, Span<Fr> products, int from, int to)
    {
        var (starts, columns, ids, coefficients) = (RowStarts, Columns, CoefficientIds, Coefficients);
        for (var row = from; row < to; row++)
        {
            products[row] = InnerProduct(starts.Span[row], starts.Span[row + 1], columns.Span, ids.Span, coefficients.Span, vector);
        }
    }

    private static Fr InnerProduct(
        int from, int to, ReadOnlySpan<int> columns, ReadOnlySpan<int> ids, ReadOnlySpan<Fr> coefficients, ReadOnlySpan<Fr> vector)
    {
        var sum = Fr.Zero;
        for (var term = from; term < to; term++)
        {
            ref readonly var coefficient = ref coefficients[ids[term]];
            sum += coefficient.IsOne ? vector[columns[term]] : coefficient * vector[columns[term]];
        }

        return sum;
    }
}
