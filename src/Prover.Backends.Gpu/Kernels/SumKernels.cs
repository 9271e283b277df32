using ILGPU;

namespace Prover.Backends.Gpu;

/// <summary>What a device runs on points: sums of runs of consecutive terms, then sums of buckets by their digits.</summary>
internal static class SumKernels
{
    /// <summary>
    /// Run i is the bases that <paramref name="signedIndices"/> names from <paramref name="starts"/>[i] up to the next start;
    /// a complemented index counts negatively.
    /// </summary>
    public static void SumBases<TField>(
        Index1D run,
        ArrayView<int> starts,
        ArrayView<int> signedIndices,
        ArrayView<DeviceAffine<TField>> bases,
        ArrayView<DevicePoint<TField>> sums)
        where TField : unmanaged, IDeviceField<TField>
    {
        DevicePoint<TField> sum = default;
        var end = starts[run + 1];
        for (var i = starts[run]; i < end; i++)
        {
            var index = signedIndices[i];
            sum = DevicePoint<TField>.AddAffine(sum, bases[index < 0 ? ~index : index], index < 0);
        }

        sums[run] = sum;
    }

    /// <summary>Run i is the points from <paramref name="starts"/>[i] up to the next start.</summary>
    public static void SumPoints<TField>(
        Index1D run, ArrayView<int> starts, ArrayView<DevicePoint<TField>> points, ArrayView<DevicePoint<TField>> sums)
        where TField : unmanaged, IDeviceField<TField>
    {
        DevicePoint<TField> sum = default;
        var end = starts[run + 1];
        for (var i = starts[run]; i < end; i++)
        {
            sum = DevicePoint<TField>.Add(sum, points[i]);
        }

        sums[run] = sum;
    }

    /// <summary>
    /// For buckets first … first + count − 1 with first = count·thread: Σ (bucket − first + 1)·point and Σ point, where a bucket has one point or none.
    /// </summary>
    public static void SumByDigit<TField>(
        Index1D thread,
        ArrayView<int> starts,
        ArrayView<DevicePoint<TField>> points,
        int count,
        ArrayView<DevicePoint<TField>> weighted,
        ArrayView<DevicePoint<TField>> plain)
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

        weighted[thread] = total;
        plain[thread] = running;
    }
}
