using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Σ d·bucket_d over the buckets of one window, by running sums.</summary>
/// <remarks>
/// Taking buckets from the last to the first, each is in the running sum for as many steps as its digit says. Many buckets are cut into
/// segments of n that take their steps together, so that affine additions share their inversions; with wₛ = Σ (d − s·n)·bucket_d and
/// pₛ = Σ bucket_d over segment s, the sum is Σ wₛ + n·Σ s·pₛ.
/// </remarks>
internal sealed class BucketReduction<TField, TCurve>(AffineAddition<TField, TCurve> addition)
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private const int SegmentLength = 32;

    /// <summary>With fewer segments than this, inversions cost more than Jacobian coordinates do.</summary>
    private const int FewestSegments = 16;

    private AffinePoint<TField, TCurve>[] _pairs = [];
    private int[] _evens = [];
    private int[] _all = [];

    /// <summary>The sum; the bucket of digit d is at index d − 1 and their number is a power of two.</summary>
    public CurvePoint<TField, TCurve> Of(ReadOnlySpan<AffinePoint<TField, TCurve>> buckets)
    {
        var segments = buckets.Length / SegmentLength;
        if (segments < FewestSegments)
            return InJacobianCoordinates(buckets);

        var running = new AffinePoint<TField, TCurve>[segments];
        var weighted = new AffinePoint<TField, TCurve>[segments];
        Reserve(segments);
        for (var step = SegmentLength - 1; step >= 0; step--)
        {
            for (var segment = 0; segment < segments; segment++)
            {
                _pairs[2 * segment] = running[segment];
                _pairs[2 * segment + 1] = buckets[segment * SegmentLength + step];
            }

            addition.AddNeighbours(_pairs, _evens.AsSpan(0, segments), running, _all.AsSpan(0, segments));
            for (var segment = 0; segment < segments; segment++)
            {
                _pairs[2 * segment] = weighted[segment];
                _pairs[2 * segment + 1] = running[segment];
            }

            addition.AddNeighbours(_pairs, _evens.AsSpan(0, segments), weighted, _all.AsSpan(0, segments));
        }

        var sum = InJacobianCoordinates(running.AsSpan(1));
        for (var factor = 1; factor < SegmentLength; factor *= 2)
        {
            sum = sum.Double();
        }

        foreach (var part in weighted)
        {
            sum += part;
        }

        return sum;
    }

    private static CurvePoint<TField, TCurve> InJacobianCoordinates(ReadOnlySpan<AffinePoint<TField, TCurve>> buckets)
    {
        var running = CurvePoint<TField, TCurve>.Infinity;
        var total = CurvePoint<TField, TCurve>.Infinity;
        for (var i = buckets.Length - 1; i >= 0; i--)
        {
            running += buckets[i];
            total += running;
        }

        return total;
    }

    /// <summary>Makes room for that many pairs, which lie at 0, 2, 4, … and whose sums go to 0, 1, 2, ….</summary>
    private void Reserve(int segments)
    {
        if (_all.Length >= segments)
            return;

        _pairs = new AffinePoint<TField, TCurve>[2 * segments];
        _all = [.. Enumerable.Range(0, segments)];
        _evens = [.. _all.Select(i => 2 * i)];
    }
}
