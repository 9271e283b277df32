using System.Buffers;
using System.Collections.Concurrent;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>What parts of a sum cost in additions of a point to a list.</summary>
/// <param name="Bucket">A bucket in Σ d·bucket_d.</param>
/// <param name="Slice">A slice, whatever is in it.</param>
internal readonly record struct SumPrices(double Bucket, double Slice);

/// <summary>Scalars of a sum, for some of the bases.</summary>
/// <param name="Scalars">The scalars.</param>
/// <param name="Offset">Which of the bases the first of theirs is.</param>
internal readonly record struct SumPart(TableScalars Scalars, int Offset);

/// <summary>Multi-scalar multiplication by Pippenger's method with signed digits, one piece of a window per task.</summary>
/// <param name="workers">Who does it.</param>
/// <param name="newListSums">Makes what adds up lists, one for each thread.</param>
/// <param name="prices">What its parts cost.</param>
internal sealed class Msm<TField, TCurve>(Workers workers, Func<IListSums<TField, TCurve>> newListSums, SumPrices prices) : IDisposable
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private readonly ConcurrentBag<IListSums<TField, TCurve>> _listSums = [];

    /// <summary>Σ scalarsᵢ·basesᵢ over all parts, which share their buckets.</summary>
    public async Task<CurvePoint<TField, TCurve>> Sum(
        ReadOnlyMemory<AffinePoint<TField, TCurve>> bases, IReadOnlyList<SumPart> parts, CancellationToken cancellationToken)
    {
        if (parts.All(part => part.Scalars.Signed.Count == 0))
            return CurvePoint<TField, TCurve>.Infinity;

        var plan = WindowPlan.Choose([.. parts.Select(part => part.Scalars.Signed)], workers.Count, 1, prices.Bucket, prices.Slice);
        var sums = new CurvePoint<TField, TCurve>[plan.Slices.Count];
        await workers.RunAsync(
            sums.Length, piece => sums[piece] = SumSlice(bases.Span, parts, plan.Slices[piece], plan.Bits), Urgency.Normal, cancellationToken)
            .ConfigureAwait(false);
        return Combine(plan, sums);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_listSums.TryTake(out var listSums))
        {
            listSums.Dispose();
        }
    }

    private CurvePoint<TField, TCurve> SumSlice(
        ReadOnlySpan<AffinePoint<TField, TCurve>> bases, IReadOnlyList<SumPart> parts, WindowSlice slice, int bits)
    {
        var listSums = _listSums.TryTake(out var own) ? own : newListSums();
        var most = parts.Sum(part => part.Scalars.Signed.Count);
        var digits = ArrayPool<int>.Shared.Rent(most);
        var indices = ArrayPool<int>.Shared.Rent(most);
        var count = 0;
        foreach (var (scalars, offset) in parts)
        {
            var (first, length) = slice.Places(scalars.Signed, bits).GetOffsetAndLength(scalars.Signed.Count);
            scalars.Digits(slice.Window, bits, first, offset, digits.AsSpan(count, length), indices.AsSpan(count, length));
            count += length;
        }

        var bucketCount = 1 << (bits - 1);
        var buckets = ArrayPool<AffinePoint<TField, TCurve>>.Shared.Rent(bucketCount);
        listSums.Sum(bases, digits.AsSpan(0, count), indices.AsSpan(0, count), buckets.AsSpan(0, bucketCount));
        var sum = BucketReduction.Sum(buckets.AsSpan(0, bucketCount), listSums);
        ArrayPool<int>.Shared.Return(digits);
        ArrayPool<int>.Shared.Return(indices);
        ArrayPool<AffinePoint<TField, TCurve>>.Shared.Return(buckets);
        _listSums.Add(listSums);
        return sum;
    }

    /// <summary>Horner's rule over the windows, the highest first.</summary>
    private static CurvePoint<TField, TCurve> Combine(WindowPlan plan, CurvePoint<TField, TCurve>[] sums)
    {
        var result = CurvePoint<TField, TCurve>.Infinity;
        var window = plan.Slices[0].Window;
        for (var piece = 0; piece < sums.Length; piece++)
        {
            for (; window > plan.Slices[piece].Window; window--)
            {
                result = Double(result, plan.Bits);
            }

            result += sums[piece];
        }

        return Double(result, plan.Bits * window);
    }

    private static CurvePoint<TField, TCurve> Double(CurvePoint<TField, TCurve> point, int times)
    {
        for (var i = 0; i < times; i++)
        {
            point = point.Double();
        }

        return point;
    }
}
