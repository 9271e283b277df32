using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Runtime;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>
/// Pippenger's method on a device: recode, count, sort points by bucket, add up each bucket in runs, then buckets by their digits. The host adds up the
/// little that is left of each window.
/// </summary>
internal sealed class DeviceMsm<TDevice, TField, TCurve> : IDisposable
    where TDevice : unmanaged, IDeviceField<TDevice>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>How many sums of runs one thread adds up.</summary>
    private const int SumsPerThread = 8;

    /// <summary>How many buckets one thread adds up by their digits.</summary>
    private const int BucketsPerThread = 16;

    /// <summary>How many points of a window the host adds up.</summary>
    private const int PointsForHost = 4;

    /// <summary>How many ones one thread adds up.</summary>
    private const int OnesPerThread = 32;

    private readonly DeviceMemory _memory;
    private readonly Action<string> _log;
    private readonly SumLaunches<TDevice> _launches;
    private readonly ConcurrentBag<SumRoom<TDevice>> _rooms = [];

    /// <summary>Sums in the memory that is free.</summary>
    /// <param name="memory">The device's memory.</param>
    /// <param name="log">Told when memory is short.</param>
    public DeviceMsm(DeviceMemory memory, Action<string> log)
    {
        (_memory, _log) = (memory, log);
        _launches = new(memory.Accelerator);
        memory.WhenShort(FreeRooms);
    }

    /// <summary>Σ scalars[first + i]·basesᵢ.</summary>
    /// <exception cref="DeviceMemoryException">There is not even room for the smallest pieces.</exception>
    public CurvePoint<TField, TCurve> Sum(
        GpuPointTable<TDevice, TField, TCurve> bases, ArrayView<Element> scalars, int first, CancellationToken cancellationToken)
    {
        if (bases.FiniteCount == 0)
            return CurvePoint<TField, TCurve>.Infinity;

        if (!_rooms.TryTake(out var room))
            room = new(_memory);

        try
        {
            return Sum(room, bases, scalars, first, cancellationToken);
        }
        finally
        {
            // Whoever was cancelled or failed has launched what may still be reading scalars that others own.
            LostDevice.Free(room.Stream.Synchronize);
            _rooms.Add(room);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => FreeRooms();

    private CurvePoint<TField, TCurve> Sum(
        SumRoom<TDevice> room, GpuPointTable<TDevice, TField, TCurve> bases, ArrayView<Element> scalars, int first, CancellationToken cancellationToken)
    {
        var plan = SumPlan.For(bases.FiniteCount);
        while (true)
        {
            try
            {
                return Sum(room, plan, bases, scalars, first, cancellationToken);
            }
            catch (DeviceMemoryException shortage)
            {
                // What the room has grown to for the larger plan is not what a smaller one needs.
                room.Free();
                var pointBytes = Interop.SizeOf<DevicePoint<TDevice>>();
                plan = plan.Within(_memory.Free, pointBytes) ?? throw new DeviceMemoryException(
                    _memory.Accelerator.Name, $"A sum over {bases.FiniteCount:N0} points", plan.Bytes(pointBytes), _memory.Free);
                _log($"A sum over {bases.FiniteCount:N0} points goes on with {plan.PointsAtATime:N0} points and {plan.WindowsAtATime} of {plan.Windows} windows at a time. {shortage.Message}");
            }
        }
    }

    private CurvePoint<TField, TCurve> Sum(
        SumRoom<TDevice> room, SumPlan plan, GpuPointTable<TDevice, TField, TCurve> bases, ArrayView<Element> scalars, int first, CancellationToken cancellationToken)
    {
        var sum = CurvePoint<TField, TCurve>.Infinity;
        for (var from = 0; from < bases.FiniteCount; from += plan.PointsAtATime)
        {
            var count = Math.Min(plan.PointsAtATime, bases.FiniteCount - from);
            var (points, places) = bases.Piece(from, count, room);
            room.Facts.Take(2).MemSetToZero(room.Stream);
            var magnitudes = _launches.ToMagnitudes(room, scalars, places, places.Length > 0 ? first : first + from, count);
            sum += SumWindows(room, plan, magnitudes, points, cancellationToken) + SumOnes(room, points);
        }

        return sum;
    }

    /// <summary>Σ 2^(bits·w)·window_w, the highest first.</summary>
    private CurvePoint<TField, TCurve> SumWindows(
        SumRoom<TDevice> room, SumPlan plan, ArrayView<uint> magnitudes, ArrayView<DeviceAffine<TDevice>> bases, CancellationToken cancellationToken)
    {
        var sum = CurvePoint<TField, TCurve>.Infinity;
        for (var end = plan.Windows; end > 0; end -= plan.WindowsAtATime)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var windows = Math.Min(plan.WindowsAtATime, end);
            var lists = _launches.Sort(room, magnitudes, end - windows, windows, plan);
            var sums = Merge(room, _launches.SumBases(room, lists, plan.LongestRun, bases), plan.LongestRun);
            foreach (var window in SumByDigit(room, plan, sums, windows))
            {
                for (var bit = 0; bit < plan.Bits; bit++)
                {
                    sum = sum.Double();
                }

                sum += window;
            }
        }

        return sum;
    }

    /// <summary>Goes on adding up runs of runs until each bucket has one sum at most.</summary>
    private RunSums Merge(SumRoom<TDevice> room, RunSums sums, int longest)
    {
        var (_, greatest) = ReadFacts(room);
        for (var runs = (greatest + longest - 1) / longest; runs > 1; runs = (runs + SumsPerThread - 1) / SumsPerThread)
        {
            sums = _launches.SumRuns(room, sums, SumsPerThread);
        }

        return sums;
    }

    /// <summary>Σ d·bucket_d of each window, the highest first.</summary>
    private IEnumerable<CurvePoint<TField, TCurve>> SumByDigit(SumRoom<TDevice> room, SumPlan plan, RunSums sums, int windows)
    {
        var points = _launches.SumByDigit(room, sums, Math.Min(BucketsPerThread, plan.Buckets), plan.Bits - 1);
        while (points / windows > PointsForHost)
        {
            points = _launches.SumInRows(room, points, Math.Min(SumsPerThread, points / windows));
        }

        return Read(room, points).Chunk(points / windows).Reverse().Select(window => window.Aggregate((sum, point) => sum + point));
    }

    /// <summary>The sum of the points whose scalar is 1 less that of those whose scalar is −1.</summary>
    private CurvePoint<TField, TCurve> SumOnes(SumRoom<TDevice> room, ArrayView<DeviceAffine<TDevice>> bases)
    {
        var (ones, _) = ReadFacts(room);
        if (ones == 0)
            return CurvePoint<TField, TCurve>.Infinity;

        var points = _launches.SumListedBases(room, room.Ones.Take(ones), OnesPerThread, bases);
        while (points > PointsForHost)
        {
            points = _launches.SumInRows(room, points, SumsPerThread);
        }

        return Read(room, points).Aggregate((sum, point) => sum + point);
    }

    private static (int Ones, int Greatest) ReadFacts(SumRoom<TDevice> room)
    {
        var facts = new int[2];
        room.Facts.Take(2).Read<int, int>(room.Stream, facts);
        return (facts[0], facts[1]);
    }

    private static CurvePoint<TField, TCurve>[] Read(SumRoom<TDevice> room, int count)
    {
        var coordinates = new TField[4 * count];
        room.Sums.Take(count).Read<DevicePoint<TDevice>, TField>(room.Stream, coordinates);
        var points = new CurvePoint<TField, TCurve>[count];
        for (var i = 0; i < count; i++)
        {
            // Jacobian coordinates with Z = ZZZ, since ZZZ²/ZZ = ZZ² and ZZZ³/ZZZ = ZZZ².
            var (x, y, zz, zzz) = (coordinates[4 * i], coordinates[4 * i + 1], coordinates[4 * i + 2], coordinates[4 * i + 3]);
            points[i] = CurvePoint<TField, TCurve>.FromJacobian(TField.Multiply(x, zz.Square()), TField.Multiply(y, zzz.Square()), zzz);
        }

        return points;
    }

    private void FreeRooms()
    {
        while (_rooms.TryTake(out var room))
        {
            room.Dispose();
        }
    }
}
