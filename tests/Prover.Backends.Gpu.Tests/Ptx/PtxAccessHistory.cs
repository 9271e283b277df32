namespace Prover.Backends.Gpu.Tests;

/// <summary>Which thread accesses memory, and when: a phase begins with each launch, each block and each barrier, and all are numbered on.</summary>
/// <param name="Thread">The thread's number within its block.</param>
/// <param name="Phase">The phase.</param>
/// <param name="BlockStart">The first phase of its block.</param>
/// <param name="LaunchStart">The first phase of its launch.</param>
internal readonly record struct PtxAccessor(int Thread, int Phase, int BlockStart, int LaunchStart)
{
    private static int _phases;

    /// <summary>The number of a phase that begins; what the host does to memory has none.</summary>
    public static int NextPhase() => Interlocked.Increment(ref _phases);
}

/// <summary>
/// Who wrote and read each byte of a region last, which finds races: two accesses, one of them a write, by threads of one block without a
/// barrier between, or by threads of different blocks of one launch. Two atomic operations do not race, nor do writes of the same value.
/// </summary>
/// <remarks>
/// Only the last write is remembered, so a race with one before it may stay unseen. Fences are not understood: a kernel whose blocks wait for each other needs
/// <see cref="PtxLaunch.FindsRaces"/> off.
/// </remarks>
internal sealed class PtxAccessHistory(int size)
{
    private readonly Entry[] _entries = new Entry[size];

    /// <summary>Notes a read, and gives what races with it; null if nothing does.</summary>
    public string? Read(int offset, int width, in PtxAccessor by)
    {
        foreach (ref var entry in _entries.AsSpan(offset, width))
        {
            if (Races(entry, by))
                return Describe(entry.Writer, entry.WritePhase, by, "wrote");

            entry.Reader = entry.ReadPhase == by.Phase && entry.Reader != by.Thread ? Entry.Many : by.Thread;
            entry.ReadPhase = by.Phase;
            entry.IsReadByBlocks = entry.ReadBlock >= by.LaunchStart && (entry.IsReadByBlocks || entry.ReadBlock != by.BlockStart);
            entry.ReadBlock = by.BlockStart;
        }

        return null;
    }

    /// <summary>Notes a write, and gives what races with it; null if nothing does.</summary>
    public string? Write(int offset, int width, in PtxAccessor by, bool isAtomic, bool changesNothing)
    {
        foreach (ref var entry in _entries.AsSpan(offset, width))
        {
            var isBenign = isAtomic ? entry.IsWrittenAtomically : changesNothing && !entry.IsWrittenAtomically;
            if (!isBenign && Races(entry, by))
                return Describe(entry.Writer, entry.WritePhase, by, "wrote");

            if (entry.ReadPhase == by.Phase && entry.Reader != by.Thread)
                return Describe(entry.Reader, entry.ReadPhase, by, "read");

            if (entry.ReadBlock >= by.LaunchStart && (entry.IsReadByBlocks || entry.ReadBlock != by.BlockStart))
                return Describe(Entry.Many, 0, by, "read");

            entry.Writer = by.Thread;
            entry.WritePhase = by.Phase;
            entry.IsWrittenAtomically = isAtomic;
        }

        return null;
    }

    public void Clear() => Array.Clear(_entries);

    private static bool Races(in Entry entry, in PtxAccessor by) =>
        entry.WritePhase >= by.LaunchStart && (entry.WritePhase < by.BlockStart || (entry.WritePhase == by.Phase && entry.Writer != by.Thread));

    private static string Describe(int thread, int phase, in PtxAccessor by, string what) =>
        phase < by.BlockStart ? $"which another block {what}"
        : thread == Entry.Many ? $"which other threads {what} since the last barrier"
        : $"which the block's thread {thread} {what} since the last barrier";

    private struct Entry
    {
        /// <summary>In the place of a reader: several threads.</summary>
        public const int Many = -1;

        public int Writer;
        public int WritePhase;
        public bool IsWrittenAtomically;

        /// <summary>Who read in the last phase in which someone did.</summary>
        public int Reader;
        public int ReadPhase;

        /// <summary>The first phase of the last block that read, and whether other blocks of its launch did too.</summary>
        public int ReadBlock;
        public bool IsReadByBlocks;
    }
}
