using Prover.Algebra;

namespace Prover.Backends;

/// <summary>A table of points that stay where the caller has them, for instance in a mapped key file.</summary>
/// <param name="owner">The backend that made it.</param>
/// <param name="points">The points; the caller leaves them unchanged while the table is in use.</param>
public sealed class HostPointTable<TField, TCurve>(IProverBackend owner, ReadOnlyMemory<AffinePoint<TField, TCurve>> points)
    : OwnedHandle(owner, points.Length), IPointTable<AffinePoint<TField, TCurve>>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>The points.</summary>
    public ReadOnlyMemory<AffinePoint<TField, TCurve>> Points { get; } = points;
}
