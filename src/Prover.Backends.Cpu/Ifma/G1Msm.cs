using System.Collections.Concurrent;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Multi-scalar multiplication in G1 by Pippenger's method, all additions but the last few in tiles.</summary>
internal sealed class G1Msm(Workers workers)
{
    // Prices in additions to a bucket.
    private const double Reduction = 2.5;
    private const double Slice = 3000;

    private readonly ConcurrentBag<G1ListSums> _sums = [];

    /// <summary>Σ scalarsᵢ·basesᵢ; both have the same length.</summary>
    public G1Point Sum(ReadOnlyMemory<G1Affine> bases, Fr[] scalars)
    {
        using var signed = SignedScalars.Of(scalars, bases, workers.Count);
        if (signed.Count == 0)
            return G1Point.Infinity;

        var plan = WindowPlan.Choose(signed, workers.Count, 1, Reduction, Slice);
        var sums = new G1Point[plan.Slices.Count];
        workers.Run(sums.Length, piece => sums[piece] = SumSlice(bases.Span, signed, plan.Slices[piece], plan.Bits));

        var result = G1Point.Infinity;
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

    private G1Point SumSlice(ReadOnlySpan<G1Affine> bases, SignedScalars scalars, WindowSlice slice, int bits)
    {
        using var order = BucketOrder.Of(scalars, slice.Window, bits, slice.From, slice.To);
        var sums = _sums.TryTake(out var own) ? own : new G1ListSums();
        var buckets = new G1Affine[order.BucketCount];
        sums.Sum(bases, order.Starts, order.SignedIndices, buckets);
        var result = Reduce(buckets, sums);
        _sums.Add(sums);
        return result;
    }

    /// <summary>
    /// Σ d·bucket_d. With d = m·h + l that is m·Σ h·rowₕ + Σ l·columnₗ, where a row has the buckets of one h and a column those of one l: two
    /// additions for each bucket in tiles, and two short sums.
    /// </summary>
    private static G1Point Reduce(G1Affine[] buckets, G1ListSums sums)
    {
        var columns = 1;
        while (columns * columns < buckets.Length)
        {
            columns *= 2;
        }

        var rows = buckets.Length / columns + 1;
        var starts = new int[rows + columns + 1];
        var indices = new int[2 * buckets.Length];
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            starts[row] = count;
            for (var column = 0; column < columns; column++)
            {
                Append(row * columns + column);
            }
        }

        for (var column = 0; column < columns; column++)
        {
            starts[rows + column] = count;
            for (var row = 0; row < rows; row++)
            {
                Append(row * columns + column);
            }
        }

        starts[rows + columns] = count;
        var lines = new G1Affine[rows + columns];
        sums.Sum(buckets, starts, indices, lines);
        var result = Weighted(lines.AsSpan(0, rows));
        for (var factor = 1; factor < columns; factor *= 2)
        {
            result = result.Double();
        }

        return result + Weighted(lines.AsSpan(rows, columns));

        void Append(int digit)
        {
            if (digit > 0 && digit <= buckets.Length && !buckets[digit - 1].IsInfinity)
                indices[count++] = digit - 1;
        }
    }

    /// <summary>Σ i·pointᵢ by running sums.</summary>
    private static G1Point Weighted(ReadOnlySpan<G1Affine> points)
    {
        var (running, total) = (G1Point.Infinity, G1Point.Infinity);
        for (var i = points.Length - 1; i > 0; i--)
        {
            running += points[i];
            total += running;
        }

        return total;
    }

    private static G1Point Double(G1Point point, int times)
    {
        for (var i = 0; i < times; i++)
        {
            point = point.Double();
        }

        return point;
    }
}
