using System.Numerics;

namespace Prover.Backends.Gpu.Tests;

/// <summary>The arithmetic of indices of transforms, at sizes that no test could run.</summary>
public sealed class TransformPlanTests
{
    private const int LargestLogSize = 27;

    public static TheoryData<int> TileBits { get; } = [3, 4, 6, 10, 11];

    [Theory]
    [MemberData(nameof(TileBits))]
    public void Passes_go_through_every_stage_once(int tileBits)
    {
        for (var logSize = 0; logSize <= LargestLogSize; logSize++)
        {
            var next = 0;
            foreach (var pass in Passes(new TransformPlan(logSize, tileBits)))
            {
                Assert.Equal(next, pass.Position);
                Assert.True(pass.Bits > 0 || logSize == 0);
                Assert.InRange(pass.Bits, 0, pass.TileBits);
                next += pass.Bits;
            }

            Assert.Equal(logSize, next);
        }
    }

    [Fact]
    public void The_sizes_that_count_take_three_passes_at_most()
    {
        for (var logSize = 0; logSize <= 26; logSize++)
        {
            Assert.InRange(Passes(new TransformPlan(logSize, 10)).Count(), 1, 3);
        }

        Assert.Equal(4, Passes(new TransformPlan(27, 10)).Count());
    }

    /// <summary>Numbers of tile and element are rearranged bit by bit, which is a bijection if no two bits come to the same place.</summary>
    [Theory]
    [MemberData(nameof(TileBits))]
    public void Tiles_hold_every_element_once(int tileBits)
    {
        var random = new Random(tileBits);
        for (var logSize = 0; logSize <= LargestLogSize; logSize++)
        {
            var plan = new TransformPlan(logSize, tileBits);
            Assert.Equal(1L << logSize, (long)plan.Tiles * plan.TileSize);
            foreach (var pass in Passes(plan))
            {
                var tileIndexBits = logSize - pass.TileBits;
                var places = Enumerable.Range(0, pass.TileBits).Select(bit => pass.IndexOf(0, 1 << bit))
                    .Concat(Enumerable.Range(0, tileIndexBits).Select(bit => pass.IndexOf(1 << bit, 0))).ToArray();
                Assert.All(places, place => Assert.Equal(1, BitOperations.PopCount((uint)place)));
                Assert.Equal((1 << logSize) - 1, places.Sum());

                var (tile, e) = (random.Next(plan.Tiles), random.Next(plan.TileSize));
                var expected = Enumerable.Range(0, logSize).Where(bit => (bit < pass.TileBits ? e >> bit : tile >> (bit - pass.TileBits)) % 2 != 0).Sum(bit => places[bit]);
                Assert.Equal(expected, pass.IndexOf(tile, e));
            }
        }
    }

    [Theory]
    [MemberData(nameof(TileBits))]
    public void Butterflies_join_elements_that_differ_in_the_stage_s_bit(int tileBits)
    {
        var random = new Random(tileBits);
        for (var logSize = 1; logSize <= LargestLogSize; logSize++)
        {
            var plan = new TransformPlan(logSize, tileBits);
            foreach (var pass in Passes(plan))
            {
                for (var stage = 0; stage < pass.Bits; stage++)
                {
                    var butterflies = Enumerable.Range(0, plan.TileSize / 2).Select(butterfly => pass.LowOf(butterfly, stage)).ToArray();
                    var distance = 1 << (pass.Offset + stage);
                    Assert.Equal(plan.TileSize, butterflies.Concat(butterflies.Select(low => low + distance)).Distinct().Count());

                    var (tile, low) = (random.Next(plan.Tiles), butterflies[random.Next(butterflies.Length)]);
                    var (half, exponent) = pass.RootOf(tile, low, stage);
                    Assert.Equal(1 << (pass.Position + stage), half);
                    Assert.Equal(pass.IndexOf(tile, low) + half, pass.IndexOf(tile, low + distance));
                    Assert.Equal(pass.IndexOf(tile, low) % half, exponent);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(TileBits))]
    public void Neighbours_in_a_tile_of_a_higher_pass_lie_side_by_side(int tileBits)
    {
        for (var logSize = tileBits + 1; logSize <= LargestLogSize; logSize++)
        {
            foreach (var pass in new TransformPlan(logSize, tileBits).High(TransformPass.Forward, TransformPass.None))
            {
                Assert.Equal([0, 1, 2, 3], Enumerable.Range(0, 4).Select(e => pass.IndexOf(0, e)));
            }
        }
    }

    private static IEnumerable<TransformPass> Passes(TransformPlan plan) =>
        plan.High(TransformPass.None, TransformPass.Forward).Prepend(plan.Low(TransformPass.None, TransformPass.None, TransformPass.Forward));
}
