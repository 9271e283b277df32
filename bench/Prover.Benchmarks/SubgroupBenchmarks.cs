using BenchmarkDotNet.Attributes;

namespace Prover.Benchmarks;

/// <summary>The check that a point of the twist lies in G2, against multiplying it by r.</summary>
public class SubgroupBenchmarks
{
    private readonly G2Affine _point = (G2Point.Generator.Double() + G2Point.Generator).ToAffine();

    [Benchmark(Baseline = true)]
    public bool MultiplyByOrder() => new G2Point(_point).MultiplyByOrder().IsInfinity;

    [Benchmark]
    public bool IsInSubgroup() => _point.IsInSubgroup();
}
