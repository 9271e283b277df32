using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Sums long enough to fill tiles, against the portable path; scalars and bases as an adversary would choose them.</summary>
public abstract class TileSumTests<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private static AffinePoint<TField, TCurve>[]? _bases;

    private static AffinePoint<TField, TCurve>[]? _chain;

    private AffinePoint<TField, TCurve>[] Bases => _bases ??= Distinct(Count);

    /// <summary>Each point is the sum of those 64 places before it, as far back as they go.</summary>
    private AffinePoint<TField, TCurve>[] Chain => _chain ??= Doublings(Bases, period: 64);

    /// <summary>How many points a long sum has.</summary>
    protected abstract int Count { get; }

    /// <summary>A backend's sum.</summary>
    protected abstract AffinePoint<TField, TCurve> Sum(CpuBackend backend, AffinePoint<TField, TCurve>[] bases, Fr[] scalars);

    protected TileSumTests() => Assert.SkipUnless(CpuPaths.IsSupported(CpuPath.Ifma), "AVX-512 IFMA is not available.");

    public static TheoryData<string> ScalarSets => ["random", "bits", "ones", "minus ones", "equal", "few", "small", "halves", "one bucket", "zeros"];

    public static TheoryData<string> BaseSets => ["distinct", "equal", "pairs", "opposites", "infinities", "few", "doublings"];

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

    private void AssertAgrees(AffinePoint<TField, TCurve>[] bases, Fr[] scalars)
    {
        foreach (var threads in new[] { 1, 3 })
        {
            using var vector = new CpuBackend(threads, CpuPath.Ifma);
            using var portable = new CpuBackend(threads, CpuPath.Portable);
            Assert.Equal(Sum(portable, bases, scalars), Sum(vector, bases, scalars));
        }
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

    private AffinePoint<TField, TCurve> Base(string set, int i) => set switch
    {
        "distinct" => Bases[i],
        "equal" => Bases[0],
        "pairs" => Bases[i / 2],
        "opposites" => i % 2 == 0 ? Bases[i / 2] : -Bases[i / 2],
        "doublings" => Chain[i],
        "infinities" => i % 3 == 0 ? AffinePoint<TField, TCurve>.Infinity : Bases[i],
        _ => Bases[i % 5],
    };

    private static AffinePoint<TField, TCurve>[] Doublings(AffinePoint<TField, TCurve>[] firsts, int period)
    {
        var points = new CurvePoint<TField, TCurve>[firsts.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = i < 2 * period ? firsts[i % period] : points[i - period].Double();
        }

        return CurvePoint<TField, TCurve>.ToAffine(points);
    }

    private static Fr Wide(Random random) => Fr.FromUInt64((ulong)random.NextInt64()).Square().Square() + Fr.FromUInt64((ulong)random.NextInt64());

    private static AffinePoint<TField, TCurve>[] Distinct(int count)
    {
        var points = new AffinePoint<TField, TCurve>[count];
        CurvePoint<TField, TCurve> point = AffinePoint<TField, TCurve>.Generator;
        for (var i = 0; i < count; i++)
        {
            points[i] = point.ToAffine();
            point = point.Double() + AffinePoint<TField, TCurve>.Generator;
        }

        return points;
    }
}

public sealed class G1TileSumTests : TileSumTests<Fq, G1Curve>
{
    protected override int Count => 6000;

    protected override G1Affine Sum(CpuBackend backend, G1Affine[] bases, Fr[] scalars)
    {
        using var table = backend.LoadG1(bases);
        using var vector = backend.Upload(scalars);
        return backend.Sum(table, vector).ToAffine();
    }
}

public sealed class G2TileSumTests : TileSumTests<Fq2, G2Curve>
{
    protected override int Count => 2500;

    protected override G2Affine Sum(CpuBackend backend, G2Affine[] bases, Fr[] scalars)
    {
        using var table = backend.LoadG2(bases);
        using var vector = backend.Upload(scalars);
        return backend.Sum(table, vector).ToAffine();
    }
}
