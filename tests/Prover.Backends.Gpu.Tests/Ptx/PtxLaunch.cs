namespace Prover.Backends.Gpu.Tests;

/// <summary>How many blocks or threads in each direction.</summary>
internal readonly record struct PtxExtent(int X, int Y = 1, int Z = 1)
{
    public int Count => X * Y * Z;
}

/// <summary>A kernel's launch: blocks, threads a block, and the bytes of each of the kernel's arguments.</summary>
internal sealed record PtxLaunch(PtxExtent Blocks, PtxExtent Threads, params byte[][] Arguments)
{
    /// <summary>Bytes of shared memory beside what the kernel declares.</summary>
    public int DynamicSharedBytes { get; init; }

    /// <summary>Chooses the order of blocks, and of threads between two barriers.</summary>
    public int Seed { get; init; }

    /// <summary>How many instructions all threads together may take.</summary>
    public long Limit { get; init; } = 10_000_000_000;

    /// <summary>Whether accesses that race are faults, see <see cref="PtxAccessHistory"/>.</summary>
    public bool FindsRaces { get; init; } = true;

    /// <summary>
    /// Whether a barrier waits only for threads that have not ended, as CUDA's does since compute capability 7 ("CUDA C++ Programming Guide",
    /// Independent Thread Scheduling); OpenCL's waits for ever.
    /// </summary>
    public bool EndedThreadsArrive { get; init; } = true;
}
