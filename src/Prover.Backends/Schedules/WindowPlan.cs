namespace Prover.Backends;

/// <summary>A piece of a sum: the digits of one window for one of equal shares of the scalars that reach up to it.</summary>
/// <param name="Window">Number of the window; its sum counts 2^(window·bits) times.</param>
/// <param name="Share">Number of the share.</param>
/// <param name="Shares">How many shares the window has.</param>
public readonly record struct WindowSlice(int Window, int Share, int Shares)
{
    /// <summary>The share's places in the order of the scalars, whose digits have so many bits.</summary>
    public Range Places(SignedScalars scalars, int bits)
    {
        var count = scalars.CountAtLeast(Window * bits);
        return (int)((long)count * Share / Shares)..(int)((long)count * (Share + 1) / Shares);
    }
}

/// <summary>How a sum is cut into windows of digits, and long windows into slices, so that workers finish together.</summary>
public sealed class WindowPlan
{
    private const int MaximumBits = 16;

    private WindowPlan(int bits, IReadOnlyList<WindowSlice> slices)
    {
        Bits = bits;
        Slices = slices;
    }

    /// <summary>Bits of a digit.</summary>
    public int Bits { get; }

    /// <summary>The pieces, the highest window first.</summary>
    public IReadOnlyList<WindowSlice> Slices { get; }

    /// <summary>Chooses the digit size with which the last worker finishes first, for the lengths that these scalars have.</summary>
    /// <param name="scalars">The scalars of the sum, which may come in several sets.</param>
    /// <param name="workers">How many slices are worked on at a time.</param>
    /// <param name="addition">The price of adding one base to a bucket, in any unit.</param>
    /// <param name="reduction">The price of one bucket in Σ d·bucket_d, in the same unit.</param>
    /// <param name="slice">The price of a slice, whatever is in it.</param>
    public static WindowPlan Choose(IReadOnlyList<SignedScalars> scalars, int workers, double addition, double reduction, double slice)
    {
        var (best, bestCost) = (Cut(scalars, 1, workers), double.PositiveInfinity);
        for (var bits = 2; bits <= MaximumBits; bits++)
        {
            var plan = Cut(scalars, bits, workers);
            var cost = plan.Finish(workers, piece => slice + addition * CountAtLeast(scalars, piece.Window * bits) / piece.Shares + reduction * (1 << (bits - 1)));
            if (cost < bestCost)
                (best, bestCost) = (plan, cost);
        }

        return best;
    }

    /// <summary>When the last worker finishes if whoever is free takes the next slice.</summary>
    private double Finish(int workers, Func<WindowSlice, double> price)
    {
        var busyUntil = new double[workers];
        foreach (var slice in Slices)
        {
            var next = Array.IndexOf(busyUntil, busyUntil.Min());
            busyUntil[next] += price(slice);
        }

        return busyUntil.Max();
    }

    /// <summary>A magnitude of fewer than w·bits bits has nothing in window w.</summary>
    private static WindowPlan Cut(IReadOnlyList<SignedScalars> scalars, int bits, int workers)
    {
        var windows = scalars.Max(set => set.LongestBits) / bits + 1;
        var total = 0L;
        for (var window = 0; window < windows; window++)
        {
            total += CountAtLeast(scalars, window * bits);
        }

        // Four slices a worker keep the last ones to finish short; more would only add buckets to reduce.
        var longest = Math.Max(1024, total / (4L * workers) + 1);
        var slices = new List<WindowSlice>();
        for (var window = windows - 1; window >= 0; window--)
        {
            var shares = workers == 1 ? 1 : (int)((CountAtLeast(scalars, window * bits) + longest - 1) / longest);
            for (var share = 0; share < shares; share++)
            {
                slices.Add(new WindowSlice(window, share, shares));
            }
        }

        return new WindowPlan(bits, slices);
    }

    private static long CountAtLeast(IReadOnlyList<SignedScalars> scalars, int bits)
    {
        var count = 0L;
        foreach (var set in scalars)
        {
            count += set.CountAtLeast(bits);
        }

        return count;
    }
}
