using System.Collections.Concurrent;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Multi-scalar multiplication by Pippenger's method with signed digits, one piece of a window per task.</summary>
internal sealed class Msm<TField, TCurve>(Workers workers)
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    // Prices in products: an affine addition with its part of an inversion, two of them for each bucket, the rounds' inversions.
    private const double Addition = 6.5;
    private const double Reduction = 2 * Addition + 1;
    private const double Slice = 1000;

    private readonly ConcurrentBag<Scratch> _scratch = [];

    /// <summary>Σ scalarsᵢ·basesᵢ; both have the same length.</summary>
    public CurvePoint<TField, TCurve> Sum(ReadOnlyMemory<AffinePoint<TField, TCurve>> bases, Fr[] scalars)
    {
        using var signed = SignedScalars.Of(scalars, bases, workers.Count);
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
        var scratch = _scratch.TryTake(out var own) ? own : new Scratch();
        var sum = scratch.Reduction.Of(scratch.Buckets.Of(bases, order));
        _scratch.Add(scratch);
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

    /// <summary>What one thread needs at a time, kept for the next slice and the next sum.</summary>
    private sealed class Scratch
    {
        public Scratch()
        {
            var addition = new AffineAddition<TField, TCurve>();
            Buckets = new BucketSums<TField, TCurve>(addition);
            Reduction = new BucketReduction<TField, TCurve>(addition);
        }

        public BucketSums<TField, TCurve> Buckets { get; }

        public BucketReduction<TField, TCurve> Reduction { get; }
    }
}
