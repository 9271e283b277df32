using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Tiles of G2 against the curve's own addition.</summary>
public sealed class G2TileTests
{
    private const int Lists = 8;

    public G2TileTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 7)]
    [InlineData(5, 12)]
    [InlineData(9, 33)]
    public void Distinct_points(int groups, int rounds) => AssertSums(groups, rounds, distinct: 1100);

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(3, 12)]
    public void Points_that_meet_themselves_and_their_negatives(int groups, int rounds)
    {
        foreach (var distinct in new[] { 1, 2, 5 })
        {
            AssertSums(groups, rounds, distinct);
        }
    }

    private static unsafe void AssertSums(int groups, int rounds, int distinct)
    {
        var random = new Random(groups * 1000 + rounds + distinct);
        var bases = Bases(distinct);

        // Groups end in different rounds, the last ones first.
        int[] active = [.. Enumerable.Range(0, rounds).Select(round => Math.Max(1, groups - (round * groups / (rounds + 1))))];
        const int padding = G2Tile.GroupsAhead * Lists;
        var stride = groups * Lists;
        var indices = new uint[rounds * stride + 2 * padding];
        for (var i = 0; i < rounds * stride; i++)
        {
            indices[padding + i] = (uint)random.Next(distinct) | (uint)random.Next(2) << 31;
        }

        using var tile = new G2Tile(groups);
        fixed (G2Affine* points = bases)
        fixed (uint* first = indices)
        {
            tile.Sum(points, first + padding, stride, active);
        }

        var sums = new G2Affine[groups * Lists];
        for (var group = 0; group < groups; group++)
        {
            tile.ReadSums(group, sums.AsSpan(group * Lists, Lists));
        }

        for (var list = 0; list < sums.Length; list++)
        {
            var expected = G2Point.Infinity;
            for (var round = 0; round < rounds && list < active[round] * Lists; round++)
            {
                var index = indices[padding + round * stride + list];
                var point = bases[(int)(index & 0x7fffffff)];
                expected += index >> 31 != 0 ? -point : point;
            }

            Assert.Equal(expected.ToAffine(), sums[list]);
        }
    }

    private static G2Affine[] Bases(int count)
    {
        var bases = new G2Affine[count];
        var point = G2Point.Generator;
        for (var i = 0; i < count; i++)
        {
            bases[i] = point.ToAffine();
            point = point.Double() + G2Point.Generator;
        }

        return bases;
    }
}
