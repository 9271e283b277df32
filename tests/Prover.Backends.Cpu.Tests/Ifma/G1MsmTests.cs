using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Sums long enough to fill tiles, against the portable path; scalars and bases as an adversary would choose them.</summary>
public sealed class G1MsmTests
{
    private const int Count = 6000;

    private static readonly G1Affine[] Bases = Distinct();

    public G1MsmTests() => Assert.SkipUnless(CpuPaths.IsSupported(CpuPath.Ifma), "AVX-512 IFMA is not available.");

    public static TheoryData<string> ScalarSets => ["random", "bits", "ones", "minus ones", "equal", "few", "small", "halves", "one bucket", "zeros"];

    public static TheoryData<string> BaseSets => ["distinct", "equal", "pairs", "opposites", "infinities", "few"];

    [Theory]
    [MemberData(nameof(ScalarSets))]
    public void Adversarial_scalars(string set)
    {
        foreach (var count in new[] { 15, 16, 17, 1000, Count })
        {
            AssertAgrees(Bases[..count], Scalars(set, count));
        }
    }

    [Theory]
    [MemberData(nameof(BaseSets))]
    public void Adversarial_bases(string set)
    {
        foreach (var scalars in new[] { "random", "equal", "few" })
        {
            AssertAgrees([.. Enumerable.Range(0, Count).Select(i => Base(set, i))], Scalars(scalars, Count));
        }
    }

    private static void AssertAgrees(G1Affine[] bases, Fr[] scalars)
    {
        foreach (var threads in new[] { 1, 3 })
        {
            using var vector = new CpuBackend(threads, CpuPath.Ifma);
            using var portable = new CpuBackend(threads, CpuPath.Portable);
            Assert.Equal(Sum(portable, bases, scalars), Sum(vector, bases, scalars));
        }
    }

    private static G1Affine Sum(CpuBackend backend, G1Affine[] bases, Fr[] scalars)
    {
        using var table = backend.LoadG1(bases);
        using var vector = backend.Upload(scalars);
        return backend.Sum(table, vector).ToAffine();
    }

    private static Fr[] Scalars(string set, int count)
    {
        var random = new Random(count);
        var all = Wide(random);
        return [.. Enumerable.Range(0, count).Select(i => set switch
        {
            "random" => Wide(random),
            "bits" => Fr.FromUInt64((ulong)random.Next(2)),
            "ones" => Fr.One,
            "minus ones" => -Fr.One,
            "equal" => all,
            "few" => i % 3 == 0 ? all : i % 3 == 1 ? -all : all.Double(),
            "small" => Fr.FromUInt64((ulong)random.Next(1 << 16)),
            "halves" => Fr.FromUInt64(2).Invert() + Fr.FromUInt64((ulong)random.Next(3)),
            "one bucket" => Fr.FromUInt64(1UL << 40),
            _ => Fr.Zero,
        })];
    }

    private static G1Affine Base(string set, int i) => set switch
    {
        "distinct" => Bases[i],
        "equal" => Bases[0],
        "pairs" => Bases[i / 2],
        "opposites" => i % 2 == 0 ? Bases[i / 2] : -Bases[i / 2],
        "infinities" => i % 3 == 0 ? G1Affine.Infinity : Bases[i],
        _ => Bases[i % 5],
    };

    private static Fr Wide(Random random) => Fr.FromUInt64((ulong)random.NextInt64()).Square().Square() + Fr.FromUInt64((ulong)random.NextInt64());

    private static G1Affine[] Distinct()
    {
        var points = new G1Affine[Count];
        var point = G1Point.Generator;
        for (var i = 0; i < Count; i++)
        {
            points[i] = point.ToAffine();
            point = point.Double() + G1Point.Generator;
        }

        return points;
    }
}
