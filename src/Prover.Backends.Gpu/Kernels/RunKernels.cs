using ILGPU;

namespace Prover.Backends.Gpu;

/// <summary>
/// What a device runs to cut the lists of buckets into runs that one thread adds up each, so that no thread waits for a full bucket, and to put runs
/// of like length side by side, so that the threads of a warp end together.
/// </summary>
internal static class RunKernels
{
    /// <summary>
    /// How many runs of at most <paramref name="longest"/> terms each list has, the greatest list if it is longer than that, and how many runs there
    /// are of each length, the longest first. List i ends where <paramref name="ends"/> says and begins where the one before ends.
    /// </summary>
    /// <remarks>Most runs have one of few lengths: each group counts in shared memory, a word a length, before it adds to what all count.</remarks>
    public static void CountRuns(ArrayView<int> ends, int longest, ArrayView<int> runs, ArrayView<int> lengths, ArrayView<int> greatest)
    {
        var counts = ClearedCounts(longest);
        var list = Grid.GlobalIndex.X;
        if (list < ends.Length)
        {
            var size = ends[list] - StartOf(ends, list);
            var full = size / longest;
            var rest = size - full * longest;
            runs[list] = full + (rest > 0 ? 1 : 0);
            if (full > 0)
                Atomic.Add(ref counts[0], full);

            if (rest > 0)
                Atomic.Add(ref counts[longest - rest], 1);

            if (size > longest)
                Atomic.Max(ref greatest[0], size);
        }

        Group.Barrier();
        for (var length = Group.IdxX; length < longest; length += Group.DimX)
        {
            if (counts[length] > 0)
                Atomic.Add(ref lengths[length], counts[length]);
        }
    }

    /// <summary>
    /// Puts each run to those of its length: where it starts, how long it is and what its number is. <paramref name="runStarts"/> has one entry more than there are lists;
    /// <paramref name="next"/> is where runs of each length go on.
    /// </summary>
    /// <remarks>Each group takes the places for all its runs of a length at once.</remarks>
    public static void OrderRuns(
        ArrayView<int> ends,
        ArrayView<int> runStarts,
        int longest,
        ArrayView<int> next,
        ArrayView<int> starts,
        ArrayView<int> lengths,
        ArrayView<int> numbers)
    {
        var counts = ClearedCounts(longest);
        var run = Grid.GlobalIndex.X;
        var isRun = run < runStarts[runStarts.Length - 1];
        var start = 0;
        var length = 0;
        var place = 0;
        if (isRun)
        {
            var list = ListOf(runStarts, run);
            start = StartOf(ends, list) + (run - runStarts[list]) * longest;
            var rest = ends[list] - start;
            length = rest < longest ? rest : longest;
            place = Atomic.Add(ref counts[longest - length], 1);
        }

        Group.Barrier();
        for (var i = Group.IdxX; i < longest; i += Group.DimX)
        {
            var count = counts[i];
            if (count > 0)
                counts[i] = Atomic.Add(ref next[i], count);
        }

        Group.Barrier();
        if (isRun)
        {
            place += counts[longest - length];
            starts[place] = start;
            lengths[place] = length;
            numbers[place] = run;
        }
    }

    /// <summary>How many runs of at most <paramref name="longest"/> terms lists have that begin where <paramref name="starts"/> says.</summary>
    public static void CountNextRuns(Index1D list, ArrayView<int> starts, int longest, ArrayView<int> runs) =>
        runs[list] = (starts[list + 1] - starts[list] + longest - 1) / longest;

    /// <summary>Which list a run belongs to: the last one that begins at it or before, since empty lists begin where the next one does.</summary>
    public static int ListOf(ArrayView<int> runStarts, int run)
    {
        var low = 0;
        var high = (int)runStarts.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            if (runStarts[middle] <= run)
                low = middle;
            else
                high = middle;
        }

        return low;
    }

    private static ArrayView<int> ClearedCounts(int longest)
    {
        var counts = SharedMemory.GetDynamic<int>();
        for (var length = Group.IdxX; length < longest; length += Group.DimX)
        {
            counts[length] = 0;
        }

        Group.Barrier();
        return counts;
    }

    private static int StartOf(ArrayView<int> ends, int list) => list == 0 ? 0 : ends[list - 1];
}
