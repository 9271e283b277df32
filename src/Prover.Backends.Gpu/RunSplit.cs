namespace Prover.Backends.Gpu;

/// <summary>The terms of buckets cut into runs that one thread adds up, so that no thread waits for a full bucket.</summary>
/// <param name="RunStarts">Where each run begins among the terms, and at the end where the last one ends.</param>
/// <param name="BucketStarts">Which run each bucket begins with, and at the end the number of runs.</param>
internal sealed record RunSplit(int[] RunStarts, int[] BucketStarts)
{
    /// <summary>Number of runs.</summary>
    public int Count => RunStarts.Length - 1;

    /// <summary>Whether some bucket has more than one run.</summary>
    public bool HasMore { get; private init; }

    /// <summary>Cuts buckets that begin at <paramref name="starts"/> into runs of at most <paramref name="longest"/> terms.</summary>
    public static RunSplit Of(ReadOnlySpan<int> starts, int longest)
    {
        var bucketStarts = new int[starts.Length];
        for (var bucket = 0; bucket + 1 < starts.Length; bucket++)
        {
            bucketStarts[bucket + 1] = bucketStarts[bucket] + (starts[bucket + 1] - starts[bucket] + longest - 1) / longest;
        }

        var runStarts = new int[bucketStarts[^1] + 1];
        var hasMore = false;
        for (var bucket = 0; bucket + 1 < starts.Length; bucket++)
        {
            var first = bucketStarts[bucket];
            for (var run = first; run < bucketStarts[bucket + 1]; run++)
            {
                runStarts[run] = starts[bucket] + (run - first) * longest;
                hasMore |= run > first;
            }
        }

        runStarts[^1] = starts[^1];
        return new RunSplit(runStarts, bucketStarts) { HasMore = hasMore };
    }
}
