using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Lists of so few different points that sums and points keep being equal or opposite, against the known multiples of the generator.</summary>
public abstract class TileListSumsTests<TField, TCurve>
    where TField : unmanaged, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private static readonly AffinePoint<TField, TCurve>[] Multiples = MultiplesOfGenerator(8000);

    private static readonly int[][] Factors = [[1], [1, 2], [1, 2, 3], [1, 2, 4, 8], [1, 5, 7, 11], [2, 4, 6, 3]];

    protected TileListSumsTests() => Assert.SkipUnless(IfmaSupport.IsSupported, "AVX-512 IFMA is not available.");

    private protected abstract ITile<TField, TCurve> NewTile(int groups);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(CpuBackend.TileGroups)]
    public void Lists_of_few_points_add_up(int groups)
    {
        using var tiles = new TileListSums<TField, TCurve>(NewTile(groups));
        using var portable = new PortableListSums<TField, TCurve>();
        var random = new Random(groups);
        for (var round = 0; round < 150; round++)
        {
            var factors = Factors[random.Next(Factors.Length)];
            var points = factors.Select(factor => Multiples[factor]).ToArray();
            var digits = new int[random.Next(3) == 0 ? random.Next(400) : 128 + random.Next(600)];
            var indices = new int[digits.Length];
            var expected = new int[1 + random.Next(round % 2 == 0 ? 20 : 2 * digits.Length + 1)];
            var skew = random.Next(2) == 0 ? 1 : 4;
            for (var i = 0; i < digits.Length; i++)
            {
                var list = (int)(expected.Length * Math.Pow(random.NextDouble(), skew));
                var (point, isNegative, countsNegatively) = (random.Next(points.Length), random.Next(2) == 0, random.Next(2) == 0);
                (digits[i], indices[i]) = (countsNegatively ? -list - 1 : list + 1, isNegative ? ~point : point);
                expected[list] += isNegative == countsNegatively ? factors[point] : -factors[point];
            }

            foreach (IListSums<TField, TCurve> listSums in new IListSums<TField, TCurve>[] { tiles, portable })
            {
                var sums = new AffinePoint<TField, TCurve>[expected.Length];
                listSums.Sum(points, [.. digits], indices, sums);
                Assert.Equal(expected.Select(Multiple), sums);
            }
        }
    }

    private static AffinePoint<TField, TCurve> Multiple(int factor) => factor < 0 ? -Multiples[-factor] : Multiples[factor];

    private static AffinePoint<TField, TCurve>[] MultiplesOfGenerator(int count)
    {
        var points = new CurvePoint<TField, TCurve>[count];
        for (var i = 1; i < count; i++)
        {
            points[i] = points[i - 1] + AffinePoint<TField, TCurve>.Generator;
        }

        return CurvePoint<TField, TCurve>.ToAffine(points);
    }
}

public sealed class G1TileListSumsTests : TileListSumsTests<Fq, G1Curve>
{
    private protected override ITile<Fq, G1Curve> NewTile(int groups) => new G1Tile(groups);
}

public sealed class G2TileListSumsTests : TileListSumsTests<Fq2, G2Curve>
{
    private protected override ITile<Fq2, G2Curve> NewTile(int groups) => new G2Tile(groups);
}
