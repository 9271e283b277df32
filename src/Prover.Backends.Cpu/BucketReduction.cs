using System.Buffers;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Σ d·bucket_d over the buckets of one window.</summary>
/// <remarks>
/// With d = m·h + l that is m·Σ h·rowₕ + Σ l·columnₗ, where a row has the buckets of one h and a column those of one l: two additions for each
/// bucket, all in lists, and two short sums.
/// <code>
///             l = 0     1     2  …  m−1
/// h = 0   [     –    |  1  |  2  | … |        ] row₀
/// h = 1   [     m    | m+1 | m+2 | … |        ] row₁
///            column₀   …
/// </code>
/// </remarks>
internal static class BucketReduction
{
    /// <summary>With fewer buckets than this, lists cost more than Jacobian coordinates do.</summary>
    private const int FewestBuckets = 64;

    /// <summary>The sum; the bucket of digit d is at index d − 1.</summary>
    public static CurvePoint<TField, TCurve> Sum<TField, TCurve>(
        ReadOnlySpan<AffinePoint<TField, TCurve>> buckets, IListSums<TField, TCurve> listSums)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        if (buckets.Length < FewestBuckets)
            return Weighted(buckets, firstWeight: 1);

        var logColumns = 1;
        while (1 << 2 * logColumns < buckets.Length)
        {
            logColumns++;
        }

        var rows = (buckets.Length >> logColumns) + 1;
        var columns = 1 << logColumns;
        var lists = ArrayPool<int>.Shared.Rent(2 * buckets.Length);
        var indices = ArrayPool<int>.Shared.Rent(2 * buckets.Length);
        var count = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            if (buckets[i].IsInfinity)
                continue;

            var digit = i + 1;
            (lists[count], indices[count++]) = (1 + (digit >> logColumns), i);
            (lists[count], indices[count++]) = (1 + rows + (digit & (columns - 1)), i);
        }

        var lines = new AffinePoint<TField, TCurve>[rows + columns];
        listSums.Sum(buckets, lists.AsSpan(0, count), indices.AsSpan(0, count), lines);
        ArrayPool<int>.Shared.Return(lists);
        ArrayPool<int>.Shared.Return(indices);
        var sum = Weighted<TField, TCurve>(lines.AsSpan(0, rows), firstWeight: 0);
        for (var i = 0; i < logColumns; i++)
        {
            sum = sum.Double();
        }

        return sum + Weighted<TField, TCurve>(lines.AsSpan(rows), firstWeight: 0);
    }

    /// <summary>Σ (firstWeight + i)·pointᵢ by running sums; the weight of the first is 0 or 1.</summary>
    private static CurvePoint<TField, TCurve> Weighted<TField, TCurve>(ReadOnlySpan<AffinePoint<TField, TCurve>> points, int firstWeight)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var (running, total) = (CurvePoint<TField, TCurve>.Infinity, CurvePoint<TField, TCurve>.Infinity);
        for (var i = points.Length - 1; i >= 1 - firstWeight; i--)
        {
            running += points[i];
            total += running;
        }

        return total;
    }
}
