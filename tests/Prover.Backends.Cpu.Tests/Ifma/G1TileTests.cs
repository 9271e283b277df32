using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Sums of buckets against additions of single points.</summary>
public sealed unsafe class G1TileTests
{
    public G1TileTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 9)]
    [InlineData(5, 40)]
    public void Distinct_points(int pairs, int rounds) => AssertSums(pairs, rounds, distinct: 4096);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 12)]
    public void Points_that_meet_themselves_and_their_negatives(int pairs, int rounds)
    {
        foreach (var distinct in new[] { 1, 2, 5 })
        {
            AssertSums(pairs, rounds, distinct);
        }
    }

    private static void AssertSums(int pairs, int rounds, int distinct)
    {
        var random = new Random(pairs * 1000 + rounds + distinct);
        var bases = Bases(distinct);

        // Pairs end in different rounds, the last ones first.
        int[] active = [.. Enumerable.Range(0, rounds).Select(round => Math.Max(1, pairs - (round * pairs / (rounds + 1))))];
        const int padding = G1Tile.PairsAhead * G1TileLayout.PairBuckets;
        var stride = pairs * G1TileLayout.PairBuckets;
        var indices = new uint[rounds * stride + 2 * padding];
        for (var i = 0; i < rounds * stride; i++)
        {
            indices[padding + i] = (uint)random.Next(distinct) | (uint)random.Next(2) << 31;
        }

        using var tile = new G1Tile(pairs);
        fixed (G1Affine* points = bases)
        fixed (uint* first = indices)
        {
            tile.Sum(points, first + padding, stride, active);
        }

        var expected = new G1Point[pairs * G1TileLayout.PairBuckets];
        Array.Fill(expected, G1Point.Infinity);
        for (var round = 0; round < rounds; round++)
        {
            for (var bucket = 0; bucket < active[round] * G1TileLayout.PairBuckets; bucket++)
            {
                var index = indices[padding + round * stride + bucket];
                var point = bases[(int)(index & 0x7fffffff)];
                expected[bucket] += index >> 31 != 0 ? -point : point;
            }
        }

        var sums = new G1Affine[expected.Length];
        for (var pair = 0; pair < pairs; pair++)
        {
            tile.ReadSums(pair, sums.AsSpan(pair * G1TileLayout.PairBuckets, G1TileLayout.PairBuckets));
        }

        for (var bucket = 0; bucket < expected.Length; bucket++)
        {
            Assert.Equal(expected[bucket].ToAffine(), sums[bucket]);
        }
    }

    private static G1Affine[] Bases(int count)
    {
        var points = new G1Affine[count];
        var point = G1Point.Generator;
        for (var i = 0; i < count; i++)
        {
            points[i] = point.ToAffine();
            point = point.Double() + G1Point.Generator;
        }

        return points;
    }
}
