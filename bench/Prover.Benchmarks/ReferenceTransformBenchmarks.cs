using BenchmarkDotNet.Attributes;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Benchmarks;

/// <summary>One transform of 2¹⁰ elements, against the quadratic one that defines it.</summary>
public class ReferenceTransformBenchmarks
{
    private readonly ReferenceBackend _reference = new();
    private readonly CpuBackend _cpu = new();
    private readonly Fr[] _elements = RandomElements.Of<ScalarModulus>(1 << 10, 1);
    private IFieldVector? _referenceVector;
    private IFieldVector? _cpuVector;

    [GlobalSetup]
    public void Setup() => (_referenceVector, _cpuVector) = (_reference.Upload(_elements), _cpu.Upload(_elements));

    [Benchmark(Baseline = true)]
    public void Reference() => _reference.Apply(Transform.Evaluate, _referenceVector!);

    [Benchmark]
    public void Cpu() => _cpu.Apply(Transform.Evaluate, _cpuVector!);
}
