using System.Security.Cryptography;
using Prover.Algebra;

namespace Prover.Formats;

/// <summary>Whether many points of G2's curve all lie in the subgroup of order r, for about ten additions each.</summary>
/// <remarks>
/// Bellare, Garay, Rabin, "Fast Batch Verification" (1998). Write each point as its part in the subgroup plus its part Tᵢ of an order that
/// divides the cofactor 2q − r, whose least prime factor is 10069 &gt; 2¹³. A round draws coefficients cᵢ uniformly below 2¹³ and checks
/// Σ cᵢ·Tᵢ = 0 by one subgroup check of the sum. If some Tⱼ is not zero, the 2¹³ values of cⱼ·Tⱼ all differ, so at most one of them
/// cancels the rest: a round misses it with probability at most 2⁻¹³, ten rounds at most 2⁻¹³⁰.
/// </remarks>
internal static class SubgroupBatchCheck
{
    /// <summary>Bits of a coefficient: 2¹³ is below each prime factor of the cofactor.</summary>
    public const int CoefficientBits = 13;

    private const int Rounds = 10;

    /// <summary>Below this length one check per point is cheaper than the sums over buckets.</summary>
    public const int WorthwhileLength = 4096;

    /// <summary>True if all points are in the subgroup; if one is not, true with probability at most 2⁻¹³⁰.</summary>
    public static bool AllInSubgroup(G2Affine[] points)
    {
        var failures = 0;
        Parallel.For(0, Rounds, (_, loop) =>
        {
            if (!RandomSum(points).ToAffine().IsInSubgroup())
            {
                Interlocked.Increment(ref failures);
                loop.Stop();
            }
        });
        return failures == 0;
    }

    /// <summary>Σ cᵢ·Pᵢ: points of equal coefficient are added first, then Σ c·bucket(c) is taken by running sums.</summary>
    private static G2Point RandomSum(G2Affine[] points)
    {
        var buckets = new G2Point[1 << CoefficientBits];
        var random = new byte[2 * 1024];
        for (var i = 0; i < points.Length; i++)
        {
            var place = 2 * i % random.Length;
            if (place == 0)
            {
                RandomNumberGenerator.Fill(random);
            }

            var coefficient = BitConverter.ToUInt16(random, place) & (buckets.Length - 1);
            buckets[coefficient] += points[i];
        }

        var (running, sum) = (G2Point.Infinity, G2Point.Infinity);
        for (var coefficient = buckets.Length - 1; coefficient > 0; coefficient--)
        {
            running += buckets[coefficient];
            sum += running;
        }

        return sum;
    }
}
