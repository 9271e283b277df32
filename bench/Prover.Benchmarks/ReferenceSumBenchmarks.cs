using BenchmarkDotNet.Attributes;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Benchmarks;

/// <summary>One sum of 2¹⁰ products in G1, against adding them up one by one.</summary>
public class ReferenceSumBenchmarks
{
    private readonly ReferenceBackend _reference = new();
    private readonly CpuBackend _cpu = new();
    private IFieldVector? _referenceScalars;
    private IFieldVector? _cpuScalars;
    private IPointTable<G1Affine>? _referencePoints;
    private IPointTable<G1Affine>? _cpuPoints;

    [GlobalSetup]
    public void Setup()
    {
        var scalars = RandomElements.Of<ScalarModulus>(1 << 10, 1);
        (_referenceScalars, _cpuScalars) = (_reference.Upload(scalars), _cpu.Upload(scalars));
        var points = RandomElements.Multiples<Fq, G1Curve>(1 << 10);
        (_referencePoints, _cpuPoints) = (_reference.LoadG1(points), _cpu.LoadG1(points));
    }

    [Benchmark(Baseline = true)]
    public G1Point Reference() => _reference.Sum(_referencePoints!, _referenceScalars!);

    [Benchmark]
    public G1Point Cpu() => _cpu.Sum(_cpuPoints!, _cpuScalars!);
}
