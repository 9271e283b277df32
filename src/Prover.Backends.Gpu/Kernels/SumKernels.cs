using ILGPU;

namespace Prover.Backends.Gpu;

/// <summary>What a device runs on points: sums of runs of bases, of runs of sums, and of buckets by their digits.</summary>
internal static class SumKernels
{
    /// <summary>
    /// The sum of each run of the bases that <paramref name="signedIndices"/> names, a complemented index counting negatively. Run t starts at starts[t],
    /// is lengths[t] long and goes to sums[numbers[t]]; how many there are is the last entry of <paramref name="runStarts"/>.
    /// </summary>
    public static void SumBases<TField>(
        Index1D thread,
        ArrayView<int> runStarts,
        ArrayView<int> starts,
        ArrayView<int> lengths,
        ArrayView<int> numbers,
        ArrayView<int> signedIndices,
        ArrayView<DeviceAffine<TField>> bases,
        ArrayView<DevicePoint<TField>> sums)
        where TField : unmanaged, IDeviceField<TField>
    {
        if (thread < runStarts[runStarts.Length - 1])
            sums[numbers[thread]] = SumOf(starts[thread], lengths[thread], signedIndices, bases);
    }

    /// <summary>The sum of each run of <paramref name="longest"/> of the bases that a list names; the last run may be shorter.</summary>
    public static void SumListedBases<TField>(
        Index1D run, ArrayView<int> signedIndices, int longest, ArrayView<DeviceAffine<TField>> bases, ArrayView<DevicePoint<TField>> sums)
        where TField : unmanaged, IDeviceField<TField>
    {
        var start = run * longest;
        var rest = (int)signedIndices.Length - start;
        sums[run] = SumOf(start, rest < longest ? rest : longest, signedIndices, bases);
    }

    /// <summary>
    /// The sum of each run of at most <paramref name="longest"/> points of lists that begin where <paramref name="starts"/> says, the runs of each list
    /// being numbered from runStarts[list] on.
    /// </summary>
    public static void SumRuns<TField>(
        Index1D run, ArrayView<int> starts, ArrayView<int> runStarts, int longest, ArrayView<DevicePoint<TField>> points, ArrayView<DevicePoint<TField>> sums)
        where TField : unmanaged, IDeviceField<TField>
    {
        if (run >= runStarts[runStarts.Length - 1])
            return;

        var list = RunKernels.ListOf(runStarts, run);
        var start = starts[list] + (run - runStarts[list]) * longest;
        var end = start + longest;
        sums[run] = SumOf(start, end < starts[list + 1] ? end : starts[list + 1], points);
    }

    /// <summary>The sum of each <paramref name="longest"/> points in a row; the last may be fewer.</summary>
    public static void SumInRows<TField>(Index1D row, int longest, ArrayView<DevicePoint<TField>> points, ArrayView<DevicePoint<TField>> sums)
        where TField : unmanaged, IDeviceField<TField>
    {
        var end = (row + 1) * longest;
        sums[row] = SumOf(row * longest, end < points.Length ? end : (int)points.Length, points);
    }

    /// <summary>
    /// Σ (bucket + 1)·point over the <paramref name="count"/> buckets that each thread looks after, of windows of 2^<paramref name="logBuckets"/> buckets;
    /// a bucket has one point, at starts[bucket], or none.
    /// </summary>
    /// <remarks>With f the window's first bucket of the thread, Σ (b + 1)·P_b = Σ (b − f + 1)·P_b + f·ΣP_b, the first by running sums.</remarks>
    public static void SumByDigit<TField>(
        Index1D thread, ArrayView<int> starts, ArrayView<DevicePoint<TField>> points, int count, int logBuckets, ArrayView<DevicePoint<TField>> sums)
        where TField : unmanaged, IDeviceField<TField>
    {
        DevicePoint<TField> running = default;
        DevicePoint<TField> total = default;
        var first = thread * count;
        for (var bucket = first + count - 1; bucket >= first; bucket--)
        {
            if (starts[bucket] < starts[bucket + 1])
                running = DevicePoint<TField>.Add(running, points[starts[bucket]]);

            total = DevicePoint<TField>.Add(total, running);
        }

        var factor = first & ((1 << logBuckets) - 1);
        sums[thread] = DevicePoint<TField>.Add(total, Times(running, factor, logBuckets));
    }

    /// <summary>factor·point for a factor of so many bits.</summary>
    private static DevicePoint<TField> Times<TField>(DevicePoint<TField> point, int factor, int bits)
        where TField : unmanaged, IDeviceField<TField>
    {
        DevicePoint<TField> product = default;
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            product = DevicePoint<TField>.Double(product);
            if ((factor >> bit & 1) != 0)
                product = DevicePoint<TField>.Add(product, point);
        }

        return product;
    }

    private static DevicePoint<TField> SumOf<TField>(int start, int length, ArrayView<int> signedIndices, ArrayView<DeviceAffine<TField>> bases)
        where TField : unmanaged, IDeviceField<TField>
    {
        DevicePoint<TField> sum = default;
        for (var i = start; i < start + length; i++)
        {
            var index = signedIndices[i];
            sum = DevicePoint<TField>.AddAffine(sum, bases[index < 0 ? ~index : index], index < 0);
        }

        return sum;
    }

    private static DevicePoint<TField> SumOf<TField>(int start, int end, ArrayView<DevicePoint<TField>> points)
        where TField : unmanaged, IDeviceField<TField>
    {
        DevicePoint<TField> sum = default;
        for (var i = start; i < end; i++)
        {
            sum = DevicePoint<TField>.Add(sum, points[i]);
        }

        return sum;
    }
}
