namespace Prover.Backends.Gpu;

/// <summary>How a sum is cut: into digits, and where memory is short into fewer windows or points at a time.</summary>
/// <param name="Points">Terms of the sum.</param>
/// <param name="Bits">Bits of a digit.</param>
/// <param name="PointsAtATime">Terms that are sorted at a time.</param>
/// <param name="WindowsAtATime">Windows that are sorted at a time.</param>
internal sealed record SumPlan(int Points, int Bits, int PointsAtATime, int WindowsAtATime)
{
    // In products of the field: a bucket addition, and a bucket's two additions, its share of a factor of 2ᵏ, and what threads with little to do cost.
    private const double Addition = 9.5;
    private const double Bucket = 42;

    private const int FewestBits = 3;
    private const int MostBits = 20;
    private const int FewestPoints = 1 << 6;

    /// <summary>Lists of points are addressed by 32-bit integers, and the last word of the last magnitude by one that is not negative.</summary>
    private const int MostEntries = 1 << 30;

    private const int MostPoints = 1 << 27;

    /// <summary>Windows of a scalar.</summary>
    public int Windows => DigitKernels.MagnitudeBits / Bits + 1;

    /// <summary>Buckets of a window.</summary>
    public int Buckets => 1 << (Bits - 1);

    /// <summary>Buckets of all windows that are sorted at a time.</summary>
    public int BucketsAtATime => WindowsAtATime * Buckets;

    /// <summary>Points in the lists of all of these buckets at most.</summary>
    public int EntriesAtATime => PointsAtATime * WindowsAtATime;

    /// <summary>
    /// Terms that one thread adds up: four times as many as a bucket of equally likely digits has, so that none of these is cut, nor those of a topmost window
    /// that lacks a bit or two.
    /// </summary>
    public int LongestRun => (int)Math.Clamp(4L * PointsAtATime / Buckets, 32, 1024);

    /// <summary>Runs at most: one for the rest of each list, and the full ones.</summary>
    public int RunsAtATime => Math.Min(EntriesAtATime, BucketsAtATime + EntriesAtATime / LongestRun);

    /// <summary>The plan with the fewest products, all at a time.</summary>
    public static SumPlan For(int points)
    {
        var best = Enumerable.Range(FewestBits, MostBits - FewestBits + 1).MinBy(bits => Cost(points, bits));
        var plan = new SumPlan(points, best, Math.Min(points, MostPoints), DigitKernels.MagnitudeBits / best + 1);
        while ((long)plan.PointsAtATime * plan.WindowsAtATime > MostEntries)
        {
            plan = plan with { WindowsAtATime = (plan.WindowsAtATime + 1) / 2 };
        }

        return plan;
    }

    /// <summary>A plan that needs about half the memory; null if this one cannot be cut further.</summary>
    public SumPlan? Smaller() =>
        WindowsAtATime > 1 ? this with { WindowsAtATime = (WindowsAtATime + 1) / 2 }
        : PointsAtATime > FewestPoints ? this with { PointsAtATime = (PointsAtATime + 1) / 2 }
        : Bits > FewestBits ? this with { Bits = Bits - 1 }
        : null;

    /// <summary>The largest plan, smaller than this one, that needs no more memory than there is, or the smallest; null if this one cannot be cut further.</summary>
    public SumPlan? Within(long bytes, int pointBytes)
    {
        var plan = Smaller();
        while (plan is not null && plan.Bytes(pointBytes) > bytes && plan.Smaller() is { } smaller)
        {
            plan = smaller;
        }

        return plan;
    }

    /// <summary>Device memory that the sum works in, with points of so many bytes.</summary>
    public long Bytes(int pointBytes) =>
        4L * (9L * PointsAtATime + EntriesAtATime + 3L * BucketsAtATime + 3L * RunsAtATime) + 2L * pointBytes * RunsAtATime;

    private static double Cost(int points, int bits) =>
        (DigitKernels.MagnitudeBits / bits + 1) * (Addition * points + Bucket * (1 << (bits - 1)));
}
