using System.Runtime.Intrinsics.X86;
using Prover.Backends.Cpu.Lanes;

namespace Prover.Backends.Cpu;

/// <summary>The butterflies first, first + 1, … of one block, whose lower and upper halves' parts are given.</summary>
/// <remarks>
/// With ζ of order 2·half, <c>roots</c> holds ζʲ at half + j. The inverse transform needs ζ⁻ʲ = −ζʰᵃˡᶠ⁻ʲ, found at 2·half − j for j &gt; 0;
/// the sign is taken into the subtraction. For j = 0 the factor is 1 either way.
/// </remarks>
internal static class Butterflies
{
    /// <summary>(a, b) ← (a + b, (a − b)·ζ^±ʲ).</summary>
    public static void InFrequency(Span<Fr> low, Span<Fr> high, Fr[] roots, int half, int first, bool inverse)
    {
        high = high[..low.Length];
        var start = Avx2.IsSupported ? LaneButterflies.InFrequency(low, high, roots, half, first, inverse) : 0;
        if (start == 0 && first == 0 && low.Length > 0)
        {
            (low[0], high[0]) = (low[0] + high[0], low[0] - high[0]);
            start = 1;
        }

        if (inverse)
        {
            for (var i = start; i < low.Length; i++)
            {
                var difference = high[i] - low[i];
                low[i] += high[i];
                high[i] = difference * roots[2 * half - first - i];
            }
        }
        else
        {
            for (var i = start; i < low.Length; i++)
            {
                var difference = low[i] - high[i];
                low[i] += high[i];
                high[i] = difference * roots[half + first + i];
            }
        }
    }

    /// <summary>(a, b) ← (a + b·ζ^±ʲ, a − b·ζ^±ʲ).</summary>
    public static void InTime(Span<Fr> low, Span<Fr> high, Fr[] roots, int half, int first, bool inverse)
    {
        high = high[..low.Length];
        var start = Avx2.IsSupported ? LaneButterflies.InTime(low, high, roots, half, first, inverse) : 0;
        if (start == 0 && first == 0 && low.Length > 0)
        {
            (low[0], high[0]) = (low[0] + high[0], low[0] - high[0]);
            start = 1;
        }

        if (inverse)
        {
            for (var i = start; i < low.Length; i++)
            {
                var opposite = high[i] * roots[2 * half - first - i];
                high[i] = low[i] + opposite;
                low[i] -= opposite;
            }
        }
        else
        {
            for (var i = start; i < low.Length; i++)
            {
                var product = high[i] * roots[half + first + i];
                high[i] = low[i] - product;
                low[i] += product;
            }
        }
    }
}
