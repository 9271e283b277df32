using BenchmarkDotNet.Attributes;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Benchmarks;

/// <summary>One sum of 2ᵏ products of random scalars with points of G1 and of G2 on all cores, against G1 on one core.</summary>
public class MsmBenchmarks
{
    private readonly CpuBackend _oneThread = new(1);
    private readonly CpuBackend _allThreads = new();
    private IPointTable<G1Affine>? _first;
    private IPointTable<G1Affine>? _firstOfAll;
    private IPointTable<G2Affine>? _second;
    private IFieldVector? _scalars;
    private IFieldVector? _scalarsOfAll;

    [Params(12, 14, 16)]
    public int LogSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var scalars = RandomElements.Of<ScalarModulus>(1 << LogSize, 1);
        _scalars = _oneThread.Upload(scalars);
        _scalarsOfAll = _allThreads.Upload(scalars);
        var points = RandomElements.Multiples<Fq, G1Curve>(1 << LogSize);
        _first = _oneThread.LoadG1(points);
        _firstOfAll = _allThreads.LoadG1(points);
        _second = _allThreads.LoadG2(RandomElements.Multiples<Fq2, G2Curve>(1 << LogSize));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (var handle in new IDisposable[] { _scalars!, _scalarsOfAll!, _first!, _firstOfAll!, _second! })
        {
            handle.Dispose();
        }
    }

    [Benchmark(Baseline = true)]
    public G1Point OneThread() => _oneThread.Sum(_first!, _scalars!);

    [Benchmark]
    public G1Point AllThreads() => _allThreads.Sum(_firstOfAll!, _scalarsOfAll!);

    [Benchmark]
    public G2Point AllThreadsInG2() => _allThreads.Sum(_second!, _scalarsOfAll!);
}
