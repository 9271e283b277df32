using System.Runtime.CompilerServices;
using Prover.Algebra;
using FrLanes = Prover.Backends.Cpu.Lanes.FieldLanes<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Cpu.Lanes;

/// <summary>The butterflies of <see cref="Butterflies"/> four at a time; each method returns how many it did, leaving fewer than four.</summary>
/// <remarks>
/// Elements and roots in memory are below 32p in lanes: so products with roots are below 64·32p/168 + p &lt; 14p, sums and differences
/// below 64p.
/// </remarks>
[SkipLocalsInit]
internal static class LaneButterflies
{
    private const int Width = 4;
    private static readonly Fr MinusOne = -Fr.One;

    /// <summary>(a, b) ← (a + b, (a − b)·ζ^±ʲ).</summary>
    public static int InFrequency(Span<Fr> low, Span<Fr> high, ReadOnlySpan<Fr> roots, int half, int first, bool inverse)
    {
        var done = 0;
        for (; done + Width <= low.Length; done += Width)
        {
            var a = low.Slice(done, Width);
            var b = high.Slice(done, Width);
            Load(a, out var left);
            Load(b, out var right);
            FrLanes.Add(left, right, out var sum);
            if (inverse)
                FrLanes.Subtract(right, left, out right);
            else
                FrLanes.Subtract(left, right, out right);

            LoadRoots(roots, half, first + done, inverse, out var root);
            FrLanes.Multiply(right, root, out right);
            Store(sum, a);
            Store(right, b);
        }

        return done;
    }

    /// <summary>(a, b) ← (a + b·ζ^±ʲ, a − b·ζ^±ʲ).</summary>
    public static int InTime(Span<Fr> low, Span<Fr> high, ReadOnlySpan<Fr> roots, int half, int first, bool inverse)
    {
        var done = 0;
        for (; done + Width <= low.Length; done += Width)
        {
            var a = low.Slice(done, Width);
            var b = high.Slice(done, Width);
            Load(a, out var left);
            Load(b, out var right);
            LoadRoots(roots, half, first + done, inverse, out var root);
            FrLanes.Multiply(right, root, out right);
            FrLanes.Add(left, right, out var sum);
            FrLanes.Subtract(left, right, out var difference);
            Store(sum, inverse ? b : a);
            Store(difference, inverse ? a : b);
        }

        return done;
    }

    /// <summary>aᵢ ← aᵢ·factor.</summary>
    public static int Scale(Span<Fr> elements, Fr factor)
    {
        var done = 0;
        FrLanes.Load(factor, factor, factor, factor, out var factors);
        for (; done + Width <= elements.Length; done += Width)
        {
            var part = elements.Slice(done, Width);
            Load(part, out var lanes);
            FrLanes.Multiply(lanes, factors, out lanes);
            Store(lanes, part);
        }

        return done;
    }

    /// <summary>ζʲ for four j from <paramref name="first"/> on, or −ζ⁻ʲ = ζʰ⁻ʲ, which for j = 0 is −1.</summary>
    private static void LoadRoots(ReadOnlySpan<Fr> roots, int half, int first, bool inverse, out FrLanes lanes)
    {
        if (inverse)
        {
            var four = roots.Slice(2 * half - first - (Width - 1), Width);
            FrLanes.Load(first == 0 ? MinusOne : four[3], four[2], four[1], four[0], out lanes);
        }
        else
        {
            Load(roots.Slice(half + first, Width), out lanes);
        }
    }

    private static void Load(ReadOnlySpan<Fr> four, out FrLanes lanes) => FrLanes.Load(four[0], four[1], four[2], four[3], out lanes);

    private static void Store(in FrLanes lanes, Span<Fr> four) => FrLanes.Store(lanes, out four[0], out four[1], out four[2], out four[3]);
}
