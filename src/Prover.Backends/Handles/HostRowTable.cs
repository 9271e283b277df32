using Prover.Algebra;

namespace Prover.Backends;

/// <summary>A matrix's rows that stay where the caller has them.</summary>
/// <param name="owner">The backend that made it.</param>
/// <param name="matrix">The rows; the caller leaves them unchanged while the table is in use.</param>
/// <exception cref="ArgumentException">The matrix refers to terms or coefficients that it does not have.</exception>
public sealed class HostRowTable(IProverBackend owner, SparseRows matrix) : OwnedHandle(owner, matrix.RowCount), IRowTable
{
    /// <summary>The rows.</summary>
    public SparseRows Matrix { get; } = matrix;

    /// <inheritdoc/>
    public int VectorLength { get; } = BackendArgument.RequireTerms(matrix);
}
