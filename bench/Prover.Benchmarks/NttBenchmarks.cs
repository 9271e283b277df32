using BenchmarkDotNet.Attributes;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Benchmarks;

/// <summary>One transform of 2ᵏ elements on all cores, against one core.</summary>
public class NttBenchmarks
{
    private readonly CpuBackend _oneThread = new(1);
    private readonly CpuBackend _allThreads = new();
    private IFieldVector? _vector;
    private IFieldVector? _vectorOfAll;

    [Params(14, 16, 18)]
    public int LogSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var elements = RandomElements.Of<ScalarModulus>(1 << LogSize, 1);
        _vector = _oneThread.Upload(elements);
        _vectorOfAll = _allThreads.Upload(elements);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _vector!.Dispose();
        _vectorOfAll!.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void OneThread() => _oneThread.Apply(Transform.Evaluate, _vector!);

    [Benchmark]
    public void AllThreads() => _allThreads.Apply(Transform.Evaluate, _vectorOfAll!);
}
