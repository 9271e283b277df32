using ILGPU;
using ILGPU.Runtime;
using Prover.Algebra;

namespace Prover.Backends.Gpu;

/// <summary>Pippenger's method: the host sorts digits into buckets, the device adds up buckets, the host adds up what is left.</summary>
internal sealed class DeviceMsm<TDevice, TField, TCurve> : IDisposable
    where TDevice : unmanaged, IDeviceField<TDevice>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    // Prices in products, see the kernels; a slice is several launches and copies.
    private const double Addition = 11;
    private const double Reduction = 32;
    private const double Slice = 5000;

    /// <summary>How many terms one thread adds up: short enough to feed many threads, long enough to leave little to a second round.</summary>
    private const int RunLength = 16;

    /// <summary>How many buckets one thread adds up by their digits, a power of two.</summary>
    private const int BucketsPerThread = 16;

    private readonly Action<Index1D, ArrayView<int>, ArrayView<int>, ArrayView<DeviceAffine<TDevice>>, ArrayView<DevicePoint<TDevice>>> _sumBases;
    private readonly Action<Index1D, ArrayView<int>, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>> _sumPoints;
    private readonly Action<Index1D, ArrayView<int>, ArrayView<DevicePoint<TDevice>>, int, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>> _sumByDigit;
    private readonly DeviceArray<int> _indices;
    private readonly DeviceArray<int> _starts;
    private DeviceArray<DevicePoint<TDevice>> _sums;
    private DeviceArray<DevicePoint<TDevice>> _shorter;

    public DeviceMsm(Accelerator accelerator)
    {
        _indices = new DeviceArray<int>(accelerator);
        _starts = new DeviceArray<int>(accelerator);
        _sums = new DeviceArray<DevicePoint<TDevice>>(accelerator);
        _shorter = new DeviceArray<DevicePoint<TDevice>>(accelerator);
        _sumBases = accelerator.LoadAutoGroupedStreamKernel<
            Index1D, ArrayView<int>, ArrayView<int>, ArrayView<DeviceAffine<TDevice>>, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumBases);
        _sumPoints = accelerator.LoadAutoGroupedStreamKernel<
            Index1D, ArrayView<int>, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumPoints);
        _sumByDigit = accelerator.LoadAutoGroupedStreamKernel<
            Index1D, ArrayView<int>, ArrayView<DevicePoint<TDevice>>, int, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumByDigit);
    }

    /// <summary>Σ scalarsᵢ·basesᵢ; both have the same length.</summary>
    public CurvePoint<TField, TCurve> Sum(GpuPointTable<TDevice, TField, TCurve> bases, ReadOnlyMemory<Fr> scalars, CancellationToken cancellationToken)
    {
        using var all = SignedScalars.Of(scalars, Environment.ProcessorCount);
        using var signed = all.For(bases.Finite, first: 0);
        var plan = WindowPlan.Choose([signed], workers: 1, Addition, Reduction, Slice);
        var sum = CurvePoint<TField, TCurve>.Infinity;
        foreach (var slice in plan.Slices)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var bit = 0; bit < plan.Bits; bit++)
            {
                sum = sum.Double();
            }

            using var order = BucketOrder.Of(signed, slice.Window, plan.Bits, slice.Places(signed, plan.Bits));
            if (order.Count > 0)
                sum += SumWindow(bases.Resident.Take(bases.Count), order);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _indices.Dispose();
        _starts.Dispose();
        _sums.Dispose();
        _shorter.Dispose();
    }

    /// <summary>Σ d·bucket_d of one window.</summary>
    private CurvePoint<TField, TCurve> SumWindow(ArrayView<DeviceAffine<TDevice>> bases, BucketOrder order)
    {
        var runs = RunSplit.Of(order.Starts, RunLength);
        var sums = _sums.Take(runs.Count);
        _sumBases(runs.Count, _starts.Write<int>(runs.RunStarts), _indices.Write(order.SignedIndices), bases, sums);
        while (runs.HasMore)
        {
            runs = RunSplit.Of(runs.BucketStarts, RunLength);
            var shorter = _shorter.Take(runs.Count);
            _sumPoints(runs.Count, _starts.Write<int>(runs.RunStarts), sums, shorter);
            (_sums, _shorter, sums) = (_shorter, _sums, shorter);
        }

        var perThread = Math.Min(BucketsPerThread, order.BucketCount);
        var threads = order.BucketCount / perThread;
        var results = _shorter.Take(2 * threads);
        _sumByDigit(threads, _starts.Write<int>(runs.BucketStarts), sums, perThread, results.SubView(0, threads), results.SubView(threads, threads));
        return Combine(Read(2 * threads), perThread);
    }

    /// <summary>
    /// With wₜ = Σ (d − t·n)·bucket_d and pₜ = Σ bucket_d over the n buckets of thread t, the sum is Σ wₜ + n·Σ t·pₜ; the latter by
    /// running sums.
    /// </summary>
    private static CurvePoint<TField, TCurve> Combine(CurvePoint<TField, TCurve>[] results, int perThread)
    {
        var threads = results.Length / 2;
        var running = CurvePoint<TField, TCurve>.Infinity;
        var total = CurvePoint<TField, TCurve>.Infinity;
        for (var thread = threads - 1; thread > 0; thread--)
        {
            running += results[threads + thread];
            total += running;
        }

        for (var factor = 1; factor < perThread; factor *= 2)
        {
            total = total.Double();
        }

        for (var thread = 0; thread < threads; thread++)
        {
            total += results[thread];
        }

        return total;
    }

    private CurvePoint<TField, TCurve>[] Read(int count)
    {
        var coordinates = new TField[4 * count];
        _shorter.Read<TField>(coordinates);
        var points = new CurvePoint<TField, TCurve>[count];
        for (var i = 0; i < count; i++)
        {
            // With Z = ZZZ, since ZZZ²/ZZ = ZZ² and ZZZ³/ZZZ = ZZZ².
            var (x, y, zz, zzz) = (coordinates[4 * i], coordinates[4 * i + 1], coordinates[4 * i + 2], coordinates[4 * i + 3]);
            points[i] = CurvePoint<TField, TCurve>.FromJacobian(TField.Multiply(x, zz.Square()), TField.Multiply(y, zzz.Square()), zzz);
        }

        return points;
    }
}
