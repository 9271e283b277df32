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
    public static void CountRuns(
        Index1D list, ArrayView<int> ends, int longest, ArrayView<int> runs, ArrayView<int> lengths, ArrayView<int> greatest)
    {
        var size = ends[list] - StartOf(ends, list);
        var full = size / longest;
        var rest = size - full * longest;
        runs[list] = full + (rest > 0 ? 1 : 0);
        if (full > 0)
            Atomic.Add(ref lengths[0], full);

        if (rest > 0)
            Atomic.Add(ref lengths[longest - rest], 1);

        if (size > longest)
            Atomic.Max(ref greatest[0], size);
    }

    /// <summary>
    /// Puts each run to those of its length: where it starts, how long it is and what its number is. <paramref name="runStarts"/> has one entry more than there are lists;
    /// <paramref name="next"/> is where runs of each length go on.
    /// </summary>
    public static void OrderRuns(
        Index1D run,
        ArrayView<int> ends,
        ArrayView<int> runStarts,
        int longest,
        ArrayView<int> next,
        ArrayView<int> starts,
        ArrayView<int> lengths,
        ArrayView<int> numbers)
    {
        if (run >= runStarts[runStarts.Length - 1])
            return;

        var list = ListOf(runStarts, run);
        int start = StartOf(ends, list) + (run - runStarts[list]) * longest;
        var rest = ends[list] - start;
        var length = rest < longest ? rest : longest;
        var place = Atomic.Add(ref next[longest - length], 1);
        starts[place] = start;
        lengths[place] = length;
        numbers[place] = run;
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

    private static int StartOf(ArrayView<int> ends, int list) => list == 0 ? 0 : ends[list - 1];
}
