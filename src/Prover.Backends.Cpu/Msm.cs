using System.Collections.Concurrent;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Multi-scalar multiplication by Pippenger's method with signed digits, one piece of a window per task.</summary>
internal sealed class Msm<TField, TCurve>(Workers workers)
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    // Prices in products: see AffineAddition; a Jacobian addition of an affine and of a Jacobian point; two inversions of some rounds.
    private const double Addition = 6.5;
    private const double Reduction = 11 + 16;
    private const double Slice = 3000;

    private readonly ConcurrentBag<BucketSums<TField, TCurve>> _scratch = [];

    /// <summary>Σ scalarsᵢ·basesᵢ; both have the same length.</summary>
    public CurvePoint<TField, TCurve> Sum(ReadOnlyMemory<AffinePoint<TField, TCurve>> bases, Fr[] scalars)
    {
        using var signed = SignedScalars.Of(scalars, bases.Span);
        if (signed.Count == 0)
            return CurvePoint<TField, TCurve>.Infinity;

        var plan = WindowPlan.Choose(signed, workers.Count, Addition, Reduction, Slice);
        var sums = new CurvePoint<TField, TCurve>[plan.Slices.Count];
        workers.Run(sums.Length, piece => sums[piece] = SumSlice(bases.Span, signed, plan.Slices[piece], plan.Bits));
        return Combine(plan, sums);
    }

    private CurvePoint<TField, TCurve> SumSlice(
        ReadOnlySpan<AffinePoint<TField, TCurve>> bases, SignedScalars scalars, WindowSlice slice, int bits)
    {
        using var order = BucketOrder.Of(scalars, slice.Window, bits, slice.From, slice.To);
        var buckets = _scratch.TryTake(out var own) ? own : new BucketSums<TField, TCurve>();
        var sums = buckets.Of(bases, order);
        _scratch.Add(buckets);
        return WeightedSum(sums);
    }

    /// <summary>Σ d·bucket_d: each bucket is in the running sum for as many steps as its digit says.</summary>
    private static CurvePoint<TField, TCurve> WeightedSum(ReadOnlySpan<AffinePoint<TField, TCurve>> buckets)
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
