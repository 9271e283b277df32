using System.Collections.Concurrent;
using Prover.Backends;
using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>Inner products of a witness with a matrix's rows.</summary>
internal static class RowValues
{
    private const int BatchLength = 4096;

    /// <summary>⟨rowᵢ, witness⟩ for each row.</summary>
    public static Fr[] Of(SparseMatrix matrix, ReadOnlyMemory<Fr> witness, IProverBackend backend, CancellationToken cancellationToken)
    {
        var values = new Fr[matrix.RowCount];
        backend.MultiplyRows(new(matrix.RowStarts, matrix.Wires, matrix.CoefficientIds, matrix.Coefficients), witness, values, cancellationToken);
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
