using System.Collections.Concurrent;
using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>Inner products of a witness with a matrix's rows, in parallel.</summary>
internal static class RowValues
{
    private const int BatchLength = 4096;

    /// <summary>⟨rowᵢ, witness⟩ for each row.</summary>
    public static Fr[] Of(SparseMatrix matrix, ReadOnlyMemory<Fr> witness, CancellationToken cancellationToken)
    {
        var values = new Fr[matrix.RowCount];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.ForEach(Partitioner.Create(0, values.Length, BatchLength), options, range =>
        {
            var wires = witness.Span;
            for (var row = range.Item1; row < range.Item2; row++)
            {
                values[row] = matrix.Evaluate(row, wires);
            }
        });
        return values;
    }

    /// <summary>aᵢ·bᵢ.</summary>
    public static Fr[] Product(Fr[] a, Fr[] b)
    {
        var product = new Fr[a.Length];
        Parallel.ForEach(Partitioner.Create(0, product.Length, BatchLength), range =>
        {
            for (var i = range.Item1; i < range.Item2; i++)
            {
                product[i] = a[i] * b[i];
            }
        });
        return product;
    }
}
