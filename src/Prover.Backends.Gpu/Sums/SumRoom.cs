using ILGPU.Runtime;

namespace Prover.Backends.Gpu;

/// <summary>A stream, and the memory that one sum at a time works in.</summary>
/// <typeparam name="TDevice">The curve's field.</typeparam>
internal sealed class SumRoom<TDevice> : IDisposable
    where TDevice : unmanaged, IDeviceField<TDevice>
{
    private DeviceArray<DevicePoint<TDevice>> _sums;
    private DeviceArray<DevicePoint<TDevice>> _nextSums;
    private DeviceArray<int> _runStarts;
    private DeviceArray<int> _nextRunStarts;

    public SumRoom(DeviceMemory memory)
    {
        Stream = memory.Accelerator.CreateStream();
        (_sums, _nextSums) = (new(memory), new(memory));
        (_runStarts, _nextRunStarts) = (new(memory), new(memory));
        Bases = new(memory);
        Places = new(memory);
        Magnitudes = new(memory);
        SignedIndices = new(memory);
        Ones = new(memory);
        Ends = new(memory);
        Tiles = new(memory);
        RunsOfLength = new(memory);
        Starts = new(memory);
        Lengths = new(memory);
        Numbers = new(memory);
        Facts = new(memory);
    }

    /// <summary>Where everything of the sum is launched.</summary>
    public AcceleratorStream Stream { get; }

    /// <summary>Bases of a table that is not resident.</summary>
    public DeviceArray<DeviceAffine<TDevice>> Bases { get; }

    /// <summary>Which scalar belongs to each of them.</summary>
    public DeviceArray<int> Places { get; }

    /// <summary>Magnitudes of scalars.</summary>
    public DeviceArray<uint> Magnitudes { get; }

    /// <summary>The lists of all buckets, one after the other.</summary>
    public DeviceArray<int> SignedIndices { get; }

    /// <summary>Points whose scalar is ±1.</summary>
    public DeviceArray<int> Ones { get; }

    /// <summary>Where each bucket's list ends.</summary>
    public DeviceArray<int> Ends { get; }

    /// <summary>Sums of the tiles of a scan.</summary>
    public DeviceArray<int> Tiles { get; }

    /// <summary>How many runs have each length, the longest first.</summary>
    public DeviceArray<int> RunsOfLength { get; }

    /// <summary>Where runs start in the lists.</summary>
    public DeviceArray<int> Starts { get; }

    /// <summary>How long they are.</summary>
    public DeviceArray<int> Lengths { get; }

    /// <summary>Which runs they are.</summary>
    public DeviceArray<int> Numbers { get; }

    /// <summary>What the host has to know: the number of ones, and the longest list if it was cut.</summary>
    public DeviceArray<int> Facts { get; }

    /// <summary>The number of each list's first run.</summary>
    public DeviceArray<int> RunStarts => _runStarts;

    /// <summary>The same of the runs that these are cut into again.</summary>
    public DeviceArray<int> NextRunStarts => _nextRunStarts;

    /// <summary>Sums of runs.</summary>
    public DeviceArray<DevicePoint<TDevice>> Sums => _sums;

    /// <summary>Sums of runs of these.</summary>
    public DeviceArray<DevicePoint<TDevice>> NextSums => _nextSums;

    /// <summary>What was next is what there is.</summary>
    public void AdvanceSums() => (_sums, _nextSums) = (_nextSums, _sums);

    /// <summary>What was next is what there is.</summary>
    public void AdvanceRuns() => (_runStarts, _nextRunStarts) = (_nextRunStarts, _runStarts);

    /// <summary>Gives all memory back, to take other memory when it is needed again.</summary>
    public void Free()
    {
        Stream.Synchronize();
        foreach (var array in (IDisposable[])
            [_sums, _nextSums, _runStarts, _nextRunStarts, Bases, Places, Magnitudes, SignedIndices, Ones, Ends, Tiles, RunsOfLength, Starts, Lengths, Numbers, Facts])
        {
            array.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LostDevice.Free(Free);
        LostDevice.Free(Stream.Dispose);
    }
}
