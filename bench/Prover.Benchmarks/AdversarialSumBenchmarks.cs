using BenchmarkDotNet.Attributes;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Benchmarks;

/// <summary>Sums of 2¹⁶ products in G1 and 2¹⁴ in G2 on one core, scalars prepared anew each time; the set "random" is what the others are to be compared with.</summary>
public class AdversarialSumBenchmarks
{
    private const int G1Count = 1 << 16;
    private const int G2Count = 1 << 14;

    private CpuBackend? _backend;
    private IPointTable<G1Affine>? _first;
    private IPointTable<G2Affine>? _second;
    private Fr[] _scalars = [];
    private Fr[] _fewerScalars = [];

    public static IEnumerable<string> Sets => AdversarialSet.Names;

    public static IEnumerable<CpuPath> Paths => Enum.GetValues<CpuPath>().Where(CpuPaths.IsSupported);

    [ParamsSource(nameof(Sets))]
    public string Set { get; set; } = AdversarialSet.Random;

    [ParamsSource(nameof(Paths))]
    public CpuPath Path { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _backend = new CpuBackend(1, Path);
        _scalars = AdversarialSet.Scalars(Set, G1Count);
        _fewerScalars = AdversarialSet.Scalars(Set, G2Count);
        _first = _backend.LoadG1(AdversarialSet.Bases<Fq, G1Curve>(Set, G1Count));
        _second = _backend.LoadG2(AdversarialSet.Bases<Fq2, G2Curve>(Set, G2Count));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _first!.Dispose();
        _second!.Dispose();
        _backend!.Dispose();
    }

    [Benchmark]
    public G1Point InG1()
    {
        using var scalars = _backend!.Upload(_scalars);
        return _backend.Sum(_first!, scalars);
    }

    [Benchmark]
    public G2Point InG2()
    {
        using var scalars = _backend!.Upload(_fewerScalars);
        return _backend.Sum(_second!, scalars);
    }
}
