using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>A table of points that stay where the caller has them, unless vector code wants them in whole lines of cache.</summary>
internal sealed class CpuPointTable<TField, TCurve> : OwnedHandle, IPointTable<AffinePoint<TField, TCurve>>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private readonly AlignedMemory<AffinePoint<TField, TCurve>>? _copy;

    /// <param name="owner">The backend that made it.</param>
    /// <param name="points">The points; the caller leaves them unchanged while the table is in use.</param>
    /// <param name="threads">How many threads look through them.</param>
    /// <param name="aligned">Whether they are to be copied if they do not begin at a multiple of 64 bytes: a point across two lines of cache costs a third more.</param>
    public CpuPointTable(IProverBackend owner, ReadOnlyMemory<AffinePoint<TField, TCurve>> points, int threads, bool aligned)
        : base(owner, points.Length)
    {
        if (aligned && !AlignedMemory<AffinePoint<TField, TCurve>>.IsAligned(points.Span))
        {
            _copy = new AlignedMemory<AffinePoint<TField, TCurve>>(points.Length);
            points.CopyTo(_copy.Memory);
            points = _copy.Memory;
        }

        Points = points;
        Finite = FinitePoints.Of(points, threads);
    }

    /// <summary>The points.</summary>
    public ReadOnlyMemory<AffinePoint<TField, TCurve>> Points { get; }

    /// <summary>Which of them are not at infinity.</summary>
    public FinitePoints Finite { get; }

    /// <inheritdoc/>
    protected override void Release() => ((IDisposable?)_copy)?.Dispose();
}
