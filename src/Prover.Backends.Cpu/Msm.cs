using System.Buffers;
using System.Collections.Concurrent;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>What parts of a sum cost in additions of a point to a list.</summary>
/// <param name="Bucket">A bucket in Σ d·bucket_d.</param>
/// <param name="Slice">A slice, whatever is in it.</param>
internal readonly record struct SumPrices(double Bucket, double Slice);

/// <summary>Multi-scalar multiplication by Pippenger's method with signed digits, one piece of a window per task.</summary>
/// <param name="workers">Who does it.</param>
/// <param name="newListSums">Makes what adds up lists, one for each thread.</param>
/// <param name="prices">What its parts cost.</param>
internal sealed class Msm<TField, TCurve>(Workers workers, Func<IListSums<TField, TCurve>> newListSums, SumPrices prices) : IDisposable
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private readonly ConcurrentBag<IListSums<TField, TCurve>> _listSums = [];

    /// <summary>Σ scalarsᵢ·basesᵢ, where scalars are those for finite bases.</summary>
    public async Task<CurvePoint<TField, TCurve>> Sum(
        ReadOnlyMemory<AffinePoint<TField, TCurve>> bases, SignedScalars scalars, CancellationToken cancellationToken)
    {
        if (scalars.Count == 0)
            return CurvePoint<TField, TCurve>.Infinity;

        var plan = WindowPlan.Choose(scalars, workers.Count, 1, prices.Bucket, prices.Slice);
        var sums = new CurvePoint<TField, TCurve>[plan.Slices.Count];
        await workers.RunAsync(
            sums.Length, piece => sums[piece] = SumSlice(bases.Span, scalars, plan.Slices[piece], plan.Bits), Urgency.Normal, cancellationToken)
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
        ReadOnlySpan<AffinePoint<TField, TCurve>> bases, SignedScalars scalars, WindowSlice slice, int bits)
    {
        var (count, bucketCount) = (slice.To - slice.From, 1 << (bits - 1));
        var listSums = _listSums.TryTake(out var own) ? own : newListSums();
        var digits = ArrayPool<int>.Shared.Rent(count);
        var buckets = ArrayPool<AffinePoint<TField, TCurve>>.Shared.Rent(bucketCount);
        scalars.Digits(slice.Window, bits, slice.From, digits.AsSpan(0, count));
        listSums.Sum(bases, digits.AsSpan(0, count), scalars.SignedIndices[slice.From..slice.To], buckets.AsSpan(0, bucketCount));
        var sum = BucketReduction.Sum(buckets.AsSpan(0, bucketCount), listSums);
        ArrayPool<int>.Shared.Return(digits);
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
