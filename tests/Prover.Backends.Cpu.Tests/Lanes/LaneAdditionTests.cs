using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Prover.Backends.Cpu.Lanes;

namespace Prover.Backends.Cpu.Tests.Lanes;

/// <summary>Additions in lanes against those one by one.</summary>
public sealed class LaneAdditionTests
{
    public LaneAdditionTests() => Assert.SkipUnless(Avx2.IsSupported, "AVX2 is not available.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_length_gives_the_sums_of_single_additions_in_g1(bool special) =>
        AssertSums(new LaneAddition<Fq, G1Curve, FieldLanes<BaseModulus>>(), special);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_length_gives_the_sums_of_single_additions_in_g2(bool special) =>
        AssertSums(new LaneAddition<Fq2, G2Curve, Fq2Lanes>(), special);

    private static void AssertSums<TField, TCurve>(INeighbourAddition<TField, TCurve> lanes, bool special)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var random = new Random(special ? 1 : 2);
        var multiples = Multiples<TField, TCurve>(200);
        var single = new AffineAddition<TField, TCurve>();
        foreach (var pairs in Enumerable.Range(0, 14).Concat([100, 1023, 1024, 1025, 3001]))
        {
            // Few different points meet themselves, their negatives and infinity often.
            var source = Enumerable.Range(0, 2 * pairs + 1).Select(i => special ? multiples[random.Next(3)] : multiples[2 * random.Next(100) + i % 2]).ToArray();
            if (special)
            {
                for (var i = 0; i < source.Length; i++)
                {
                    source[i] = random.Next(2) == 0 ? source[i] : -source[i];
                }
            }

            // Pairs and targets in any order; pairs begin at even or odd places.
            var start = special ? random.Next(2) : 0;
            var firsts = Enumerable.Range(0, pairs).Select(i => 2 * i + start).Where(first => first + 1 < source.Length).ToArray();
            random.Shuffle(firsts);
            var targets = Enumerable.Range(0, firsts.Length).ToArray();
            random.Shuffle(targets);
            var (expected, sums) = (new AffinePoint<TField, TCurve>[firsts.Length], new AffinePoint<TField, TCurve>[firsts.Length]);
            single.AddNeighbours(source, firsts, expected, targets);
            lanes.AddNeighbours(source, firsts, sums, targets);
            Assert.Equal(expected, sums);
        }
    }

    /// <summary>Infinity and the first multiples of the generator.</summary>
    private static AffinePoint<TField, TCurve>[] Multiples<TField, TCurve>(int count)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var points = new AffinePoint<TField, TCurve>[count];
        var point = CurvePoint<TField, TCurve>.Infinity;
        for (var i = 0; i < count; i++)
        {
            points[i] = point.ToAffine();
            point += AffinePoint<TField, TCurve>.Generator;
        }

        return points;
    }
}
