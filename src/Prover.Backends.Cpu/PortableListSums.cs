using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Sorts items by their lists and adds up neighbours until every list is one point.</summary>
internal sealed class PortableListSums<TField, TCurve> : IListSums<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private readonly BucketSums<TField, TCurve> _buckets = new(NeighbourAddition.Create<TField, TCurve>());

    /// <inheritdoc/>
    public void Sum(
        ReadOnlySpan<AffinePoint<TField, TCurve>> points,
        Span<int> digits,
        ReadOnlySpan<int> signedIndices,
        Span<AffinePoint<TField, TCurve>> sums)
    {
        using var order = BucketOrder.Of(digits, signedIndices, sums.Length);
        _buckets.Sum(points, order, sums);
    }

    /// <inheritdoc/>
    public void Trim()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
