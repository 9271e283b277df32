namespace Prover.Backends;

/// <summary>A piece of a sum: the digits of one window of the scalars at some places of their order.</summary>
/// <param name="Window">Number of the window; its sum counts 2^(window·bits) times.</param>
/// <param name="From">The first place.</param>
/// <param name="To">The place after the last.</param>
public readonly record struct WindowSlice(int Window, int From, int To);

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
    /// <param name="scalars">The scalars of the sum.</param>
    /// <param name="workers">How many slices are worked on at a time.</param>
    /// <param name="addition">The price of adding one base to a bucket, in any unit.</param>
    /// <param name="reduction">The price of one bucket in Σ d·bucket_d, in the same unit.</param>
    /// <param name="slice">The price of a slice, whatever is in it.</param>
    public static WindowPlan Choose(SignedScalars scalars, int workers, double addition, double reduction, double slice)
    {
        var (best, bestCost) = (Cut(scalars, 1, workers), double.PositiveInfinity);
        for (var bits = 2; bits <= MaximumBits; bits++)
        {
            var plan = Cut(scalars, bits, workers);
            var cost = plan.Finish(workers, piece => slice + addition * (piece.To - piece.From) + reduction * (1 << (bits - 1)));
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
    private static WindowPlan Cut(SignedScalars scalars, int bits, int workers)
    {
        var windows = scalars.LongestBits / bits + 1;
        var counts = new int[windows];
        var total = 0L;
        for (var window = 0; window < windows; window++)
        {
            counts[window] = scalars.CountAtLeast(window * bits);
            total += counts[window];
        }

        // Four slices a worker keep the last ones to finish short; more would only add buckets to reduce.
        var longest = Math.Max(1024, (int)(total / (4L * workers)) + 1);
        var slices = new List<WindowSlice>();
        for (var window = windows - 1; window >= 0; window--)
        {
            var pieces = workers == 1 ? 1 : (counts[window] + longest - 1) / longest;
            for (var piece = 0; piece < pieces; piece++)
            {
                slices.Add(new WindowSlice(
                    window, (int)((long)counts[window] * piece / pieces), (int)((long)counts[window] * (piece + 1) / pieces)));
            }
        }

        return new WindowPlan(bits, slices);
    }
}
