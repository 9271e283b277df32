using ILGPU;
using ILGPU.Runtime;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>The kernels of sums over one curve, compiled for one device, each launched for a whole array in the order of a room's stream.</summary>
internal sealed class SumLaunches<TDevice>
    where TDevice : unmanaged, IDeviceField<TDevice>
{
    /// <summary>
    /// Threads of a group of kernels that do little. Those that add up points keep a hundred and more registers: small groups fill a multiprocessor better, end
    /// with their slowest thread sooner, and where there are few threads, the smallest come to the most multiprocessors.
    /// </summary>
    private const int LargestGroup = 256;

    private readonly int _group;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<Element>, ArrayView<int>, int, int, int, ArrayView<uint>, ArrayView<int>, ArrayView<int>> _toMagnitudes;
    private readonly Action<AcceleratorStream, Index2D, ArrayView<uint>, int, int, ArrayView<int>> _countDigits;
    private readonly Action<AcceleratorStream, Index2D, ArrayView<uint>, int, int, ArrayView<int>, ArrayView<int>> _placeDigits;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<int>, int, ArrayView<int>> _sumTiles;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<int>, int> _scanTileSums;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<int>, int, ArrayView<int>> _scanTiles;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<int>, int, ArrayView<int>, ArrayView<int>, ArrayView<int>> _countRuns;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<int>, ArrayView<int>, int, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>> _orderRuns;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<int>, int, ArrayView<int>> _countNextRuns;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<DeviceAffine<TDevice>>, ArrayView<DevicePoint<TDevice>>> _sumBases;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<int>, int, ArrayView<DeviceAffine<TDevice>>, ArrayView<DevicePoint<TDevice>>> _sumListedBases;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<int>, ArrayView<int>, int, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>> _sumRuns;
    private readonly Action<AcceleratorStream, Index1D, int, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>> _sumInRows;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<int>, ArrayView<DevicePoint<TDevice>>, int, int, ArrayView<DevicePoint<TDevice>>> _sumByDigit;

    public SumLaunches(Accelerator accelerator)
    {
        _group = Math.Min(LargestGroup, accelerator.MaxNumThreadsPerGroup);
        var perRun = Math.Min(Interop.SizeOf<TDevice>() > Interop.SizeOf<Element>() ? 64 : 128, accelerator.MaxNumThreadsPerGroup);
        var few = Math.Min(32, accelerator.MaxNumThreadsPerGroup);
        _toMagnitudes = accelerator.LoadKernel<ArrayView<Element>, ArrayView<int>, int, int, int, ArrayView<uint>, ArrayView<int>, ArrayView<int>>(DigitKernels.ToMagnitudes);
        _countDigits = accelerator.LoadAutoGroupedKernel<Index2D, ArrayView<uint>, int, int, ArrayView<int>>(DigitKernels.CountDigits);
        _placeDigits = accelerator.LoadAutoGroupedKernel<Index2D, ArrayView<uint>, int, int, ArrayView<int>, ArrayView<int>>(DigitKernels.PlaceDigits);
        _sumTiles = accelerator.LoadKernel<ArrayView<int>, int, ArrayView<int>>(ScanKernels.SumTiles);
        _scanTileSums = accelerator.LoadKernel<ArrayView<int>, int>(ScanKernels.ScanTileSums);
        _scanTiles = accelerator.LoadKernel<ArrayView<int>, int, ArrayView<int>>(ScanKernels.ScanTiles);
        _countRuns = accelerator.LoadKernel<ArrayView<int>, int, ArrayView<int>, ArrayView<int>, ArrayView<int>>(RunKernels.CountRuns);
        _orderRuns = accelerator.LoadKernel<ArrayView<int>, ArrayView<int>, int, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>>(RunKernels.OrderRuns);
        _countNextRuns = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<int>, int, ArrayView<int>>(RunKernels.CountNextRuns);
        _sumBases = accelerator.LoadImplicitlyGroupedKernel<Index1D, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<int>, ArrayView<DeviceAffine<TDevice>>, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumBases, perRun);
        _sumListedBases = accelerator.LoadImplicitlyGroupedKernel<Index1D, ArrayView<int>, int, ArrayView<DeviceAffine<TDevice>>, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumListedBases, perRun);
        _sumRuns = accelerator.LoadImplicitlyGroupedKernel<Index1D, ArrayView<int>, ArrayView<int>, int, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumRuns, few);
        _sumInRows = accelerator.LoadImplicitlyGroupedKernel<Index1D, int, ArrayView<DevicePoint<TDevice>>, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumInRows, few);
        _sumByDigit = accelerator.LoadImplicitlyGroupedKernel<Index1D, ArrayView<int>, ArrayView<DevicePoint<TDevice>>, int, int, ArrayView<DevicePoint<TDevice>>>(SumKernels.SumByDigit, few);
    }

    /// <summary>The magnitudes of <paramref name="count"/> scalars; ones are listed apart, counted by the room's first fact.</summary>
    public ArrayView<uint> ToMagnitudes(SumRoom<TDevice> room, ArrayView<Element> scalars, ArrayView<int> places, int first, int count)
    {
        var magnitudes = room.Magnitudes.Take((long)Element.Words * count);
        var config = new KernelConfig(Groups(count), _group, SharedMemoryConfig.RequestDynamic<int>(DigitKernels.SharedWords));
        var hasPlaces = places.Length > 0 ? 1 : 0;
        _toMagnitudes(room.Stream, config, scalars, hasPlaces != 0 ? places : room.Facts.Take(2), hasPlaces, first, count, magnitudes, room.Ones.Take(count), room.Facts.Take(2).SubView(0, 1));
        return magnitudes;
    }

    /// <summary>The lists of the buckets of some windows.</summary>
    public BucketLists Sort(SumRoom<TDevice> room, ArrayView<uint> magnitudes, int firstWindow, int windows, SumPlan plan)
    {
        var points = (int)(magnitudes.Length / Element.Words);
        var ends = room.Ends.Take(windows * plan.Buckets);
        var signedIndices = room.SignedIndices.Take(points * windows);
        ends.MemSetToZero(room.Stream);
        _countDigits(room.Stream, new(points, windows), magnitudes, firstWindow, plan.Bits, ends);
        Scan(room, ends);
        _placeDigits(room.Stream, new(points, windows), magnitudes, firstWindow, plan.Bits, ends, signedIndices);
        return new(signedIndices, ends);
    }

    /// <summary>The room's sums become those of the runs that lists are cut into. The longest list is the room's second fact if it was cut, otherwise that is 0.</summary>
    public RunSums SumBases(SumRoom<TDevice> room, BucketLists lists, int longest, ArrayView<DeviceAffine<TDevice>> bases)
    {
        var count = (int)lists.Ends.Length;
        var mostRuns = (int)Math.Min(lists.SignedIndices.Length, count + lists.SignedIndices.Length / longest);
        var runStarts = room.RunStarts.Take(count + 1);
        var runsOfLength = room.RunsOfLength.Take(longest);
        var greatest = room.Facts.Take(2).SubView(1, 1);
        runStarts.MemSetToZero(room.Stream);
        runsOfLength.MemSetToZero(room.Stream);
        greatest.MemSetToZero(room.Stream);
        _countRuns(room.Stream, new(Groups(count), _group, SharedMemoryConfig.RequestDynamic<int>(longest)), lists.Ends, longest, runStarts, runsOfLength, greatest);
        Scan(room, runStarts);
        Scan(room, runsOfLength);
        var (starts, lengths, numbers) = (room.Starts.Take(mostRuns), room.Lengths.Take(mostRuns), room.Numbers.Take(mostRuns));
        _orderRuns(room.Stream, new(Groups(mostRuns), _group, SharedMemoryConfig.RequestDynamic<int>(longest)), lists.Ends, runStarts, longest, runsOfLength, starts, lengths, numbers);
        _sumBases(room.Stream, mostRuns, runStarts, starts, lengths, numbers, lists.SignedIndices, bases, room.Sums.Take(mostRuns));
        return new(runStarts, mostRuns);
    }

    /// <summary>The room's sums become sums of runs of them, list by list.</summary>
    public RunSums SumRuns(SumRoom<TDevice> room, RunSums sums, int longest)
    {
        var lists = (int)sums.Starts.Length - 1;
        var runs = Math.Min(sums.Most, lists + sums.Most / longest);
        var runStarts = room.NextRunStarts.Take(lists + 1);
        runStarts.MemSetToZero(room.Stream);
        _countNextRuns(room.Stream, lists, sums.Starts, longest, runStarts);
        Scan(room, runStarts);
        _sumRuns(room.Stream, runs, sums.Starts, runStarts, longest, room.Sums.Take(sums.Most), room.NextSums.Take(runs));
        room.AdvanceRuns();
        room.AdvanceSums();
        return new(runStarts, runs);
    }

    /// <summary>The room's sums become those of the bases that a list names, in runs; returns how many.</summary>
    public int SumListedBases(SumRoom<TDevice> room, ArrayView<int> signedIndices, int longest, ArrayView<DeviceAffine<TDevice>> bases)
    {
        var runs = (int)((signedIndices.Length + longest - 1) / longest);
        _sumListedBases(room.Stream, runs, signedIndices, longest, bases, room.Sums.Take(runs));
        return runs;
    }

    /// <summary>The room's sums become those of <paramref name="longest"/> in a row each; returns how many.</summary>
    public int SumInRows(SumRoom<TDevice> room, int points, int longest)
    {
        var rows = (points + longest - 1) / longest;
        _sumInRows(room.Stream, rows, longest, room.Sums.Take(points), room.NextSums.Take(rows));
        room.AdvanceSums();
        return rows;
    }

    /// <summary>The room's sums, one or none for each bucket, become Σ (bucket + 1)·sum over <paramref name="perThread"/> buckets each; returns how many.</summary>
    public int SumByDigit(SumRoom<TDevice> room, RunSums sums, int perThread, int logBuckets)
    {
        var threads = (int)(sums.Starts.Length - 1) / perThread;
        _sumByDigit(room.Stream, threads, sums.Starts, room.Sums.Take(sums.Most), perThread, logBuckets, room.NextSums.Take(threads));
        room.AdvanceSums();
        return threads;
    }

    private void Scan(SumRoom<TDevice> room, ArrayView<int> numbers)
    {
        var count = (int)numbers.Length;
        var tiles = Groups((count + ScanKernels.PerThread - 1) / ScanKernels.PerThread);
        var tileSums = room.Tiles.Take(tiles);
        var shared = SharedMemoryConfig.RequestDynamic<int>(_group);
        _sumTiles(room.Stream, new(tiles, _group, shared), numbers, count, tileSums);
        _scanTileSums(room.Stream, new(1, _group, shared), tileSums, tiles);
        _scanTiles(room.Stream, new(tiles, _group, shared), numbers, count, tileSums);
    }

    private int Groups(int threads) => (threads + _group - 1) / _group;
}

/// <summary>The points of each bucket, list after list.</summary>
/// <param name="SignedIndices">The points, complemented where they count negatively; there may be room for more.</param>
/// <param name="Ends">Where each list ends and the next begins.</param>
internal readonly record struct BucketLists(ArrayView<int> SignedIndices, ArrayView<int> Ends);

/// <summary>Sums of runs of lists.</summary>
/// <param name="Starts">The number of each list's first sum, and in the end the number of sums.</param>
/// <param name="Most">There are at most so many.</param>
internal readonly record struct RunSums(ArrayView<int> Starts, int Most);
