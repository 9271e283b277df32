using System.Runtime.InteropServices;
using ILGPU;
using Prover.Algebra;

namespace Prover.Backends.Gpu;

/// <summary>The finite points of a table, on the device if it has room for them, otherwise brought there for each sum piece by piece.</summary>
internal sealed class GpuPointTable<TDevice, TField, TCurve> : OwnedHandle, IPointTable<AffinePoint<TField, TCurve>>
    where TDevice : unmanaged, IDeviceField<TDevice>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private const int PieceLength = 1 << 14;

    private readonly ReadOnlyMemory<AffinePoint<TField, TCurve>> _points;
    private readonly int[]? _places;
    private readonly DeviceArray<DeviceAffine<TDevice>> _bases;
    private readonly DeviceArray<int> _placesOnDevice;

    public GpuPointTable(
        IProverBackend owner, DeviceMemory memory, ReadOnlyMemory<AffinePoint<TField, TCurve>> points, Action<string> log)
        : base(owner, points.Length)
    {
        _points = points;
        var finite = FinitePoints.Of(points, Environment.ProcessorCount);
        _places = finite.Count == points.Length ? null : [.. Enumerable.Range(0, points.Length).Where(i => finite[i])];
        FiniteCount = finite.Count;
        (_bases, _placesOnDevice) = (new(memory), new(memory));
        try
        {
            RequireRoomForSums(memory);
            using var stream = memory.Accelerator.CreateStream();
            CopyTo(0, FiniteCount, _bases.Take(FiniteCount), stream);
            if (_places is not null)
                _placesOnDevice.Write<int>(stream, _places);

            stream.Synchronize();
            IsResident = true;
        }
        catch (DeviceMemoryException shortage)
        {
            Release();
            log($"A table of {FiniteCount:N0} points is brought to the device for each sum anew. {shortage.Message}");
        }
    }

    /// <summary>How many of the points are not at infinity; the others contribute nothing and have no place on the device.</summary>
    public int FiniteCount { get; }

    /// <summary>Whether they lie on the device.</summary>
    public bool IsResident { get; }

    /// <summary>Some of the finite points, and which of the table's scalars belong to them: empty if number i belongs to number i.</summary>
    public (ArrayView<DeviceAffine<TDevice>> Bases, ArrayView<int> Places) Piece(int from, int count, SumRoom<TDevice> room)
    {
        if (IsResident)
            return (_bases.Take(FiniteCount).SubView(from, count), _places is null ? default : _placesOnDevice.Take(FiniteCount).SubView(from, count));

        var bases = room.Bases.Take(count);
        CopyTo(from, count, bases, room.Stream);
        return (bases, _places is null ? default : room.Places.Write<int>(room.Stream, _places.AsSpan(from, count)));
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _bases.Dispose();
        _placesOnDevice.Dispose();
    }

    /// <summary>What stays must leave room for what works on it.</summary>
    private void RequireRoomForSums(DeviceMemory memory)
    {
        var bytes = (long)FiniteCount * (Interop.SizeOf<DeviceAffine<TDevice>>() + (_places is null ? 0 : sizeof(int)));
        var beside = SumPlan.For(Math.Max(FiniteCount, 1)).Bytes(Interop.SizeOf<DevicePoint<TDevice>>());
        if (bytes + beside > memory.Free)
            memory.Reclaim();

        if (bytes + beside > memory.Free)
        {
            throw new DeviceMemoryException(memory.Accelerator.Name, $"A table of {FiniteCount:N0} points with room for a sum over them", bytes + beside, memory.Free);
        }
    }

    private void CopyTo(int from, int count, ArrayView<DeviceAffine<TDevice>> bases, ILGPU.Runtime.AcceleratorStream stream)
    {
        if (count == 0)
            return;

        ReadOnlySpan<AffinePoint<TField, TCurve>> source;
        if (_places is null)
        {
            source = _points.Span.Slice(from, count);
        }
        else
        {
            var gathered = new AffinePoint<TField, TCurve>[count];
            var places = _places;
            var points = _points;
            Parallel.For(0, (count + PieceLength - 1) / PieceLength, piece =>
            {
                var span = points.Span;
                for (var i = piece * PieceLength; i < Math.Min((piece + 1) * PieceLength, count); i++)
                {
                    gathered[i] = span[places[from + i]];
                }
            });
            source = gathered;
        }

        ILGPU.Runtime.ArrayViewExtensions.CopyFromCPU(bases, stream, MemoryMarshal.Cast<AffinePoint<TField, TCurve>, DeviceAffine<TDevice>>(source));
        stream.Synchronize();
    }
}
