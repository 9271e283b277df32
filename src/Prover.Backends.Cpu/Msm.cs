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
    private readonly ConcurrentBag<SumRoom<TField, TCurve>> _rooms = [];
    private int _running;

    /// <summary>Σ scalarsᵢ·basesᵢ over all parts, which share their buckets.</summary>
    public async Task<CurvePoint<TField, TCurve>> Sum(
        ReadOnlyMemory<AffinePoint<TField, TCurve>> bases, IReadOnlyList<SumPart> parts, CancellationToken cancellationToken)
    {
        if (parts.All(part => part.Scalars.Signed.Count == 0))
            return CurvePoint<TField, TCurve>.Infinity;

        var plan = WindowPlan.Choose([.. parts.Select(part => part.Scalars.Signed)], workers.Count, 1, prices.Bucket, prices.Slice);
        var sums = new CurvePoint<TField, TCurve>[plan.Slices.Count];
        Interlocked.Increment(ref _running);
        try
        {
            await workers.RunAsync(
                sums.Length, piece => sums[piece] = SumSlice(bases.Span, parts, plan.Slices[piece], plan.Bits), Urgency.Normal, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0)
                TrimIdleRooms();
        }

        return Combine(plan, sums);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_rooms.TryTake(out var room))
        {
            room.Dispose();
        }
    }

    /// <summary>Of a sum that has begun in the meantime some rooms may be trimmed too; it only has to ask for their memory again.</summary>
    private void TrimIdleRooms()
    {
        var trimmed = new List<SumRoom<TField, TCurve>>();
        while (_rooms.TryTake(out var room))
        {
            room.Trim();
            trimmed.Add(room);
        }

        trimmed.ForEach(Keep);
    }

    /// <summary>Keeps a room for later, unless as many are kept as there are threads: a sum that begins while rooms are trimmed makes new ones.</summary>
    private void Keep(SumRoom<TField, TCurve> room)
    {
        if (_rooms.Count < workers.Count)
            _rooms.Add(room);
        else
            room.Dispose();
    }

    private CurvePoint<TField, TCurve> SumSlice(
        ReadOnlySpan<AffinePoint<TField, TCurve>> bases, IReadOnlyList<SumPart> parts, WindowSlice slice, int bits)
    {
        var room = _rooms.TryTake(out var own) ? own : new(newListSums());
        var most = parts.Sum(part => part.Scalars.Signed.Count);
        var digits = room.Digits(most);
        var indices = room.Indices(most);
        var count = 0;
        foreach (var (scalars, offset) in parts)
        {
            var (first, length) = slice.Places(scalars.Signed, bits).GetOffsetAndLength(scalars.Signed.Count);
            scalars.Digits(slice.Window, bits, first, offset, digits.Slice(count, length), indices.Slice(count, length));
            count += length;
        }

        var buckets = room.Buckets(1 << (bits - 1));
        room.ListSums.Sum(bases, digits[..count], indices[..count], buckets);
        var sum = BucketReduction.Sum(buckets, room.ListSums);
        Keep(room);
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
