using Prover.Backends;
using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>Inner products of a witness with a matrix's rows.</summary>
internal static class RowValues
{
    /// <summary>⟨rowᵢ, witness⟩ for each row.</summary>
    public static Fr[] Of(SparseMatrix matrix, ReadOnlyMemory<Fr> witness, IProverBackend backend, CancellationToken cancellationToken)
    {
        var values = new Fr[matrix.RowCount];
        backend.MultiplyRows(new(matrix.RowStarts, matrix.Wires, matrix.CoefficientIds, matrix.Coefficients), witness, values, cancellationToken);
        return values;
    }
}
