using BenchmarkDotNet.Attributes;
using Prover.Algebra;

namespace Prover.Benchmarks;

/// <summary>One group operation, against the general addition of G1.</summary>
public class CurveBenchmarks
{
    private const int Count = 256;

    private readonly G1Point _first = G1Point.Generator.Double() + G1Point.Generator;
    private readonly G2Point _second = G2Point.Generator.Double() + G2Point.Generator;
    private G1Affine _firstAffine;
    private G2Affine _secondAffine;

    [GlobalSetup]
    public void Setup() => (_firstAffine, _secondAffine) = (_first.Double().ToAffine(), _second.Double().ToAffine());

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public G1Point Addition()
    {
        var sum = _first.Double();
        for (var i = 0; i < Count; i++)
        {
            sum += _first;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public G1Point MixedAddition()
    {
        var sum = _first;
        for (var i = 0; i < Count; i++)
        {
            sum += _firstAffine;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public G1Point Doubling()
    {
        var sum = _first;
        for (var i = 0; i < Count; i++)
        {
            sum = sum.Double();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public G2Point MixedAdditionInG2()
    {
        var sum = _second;
        for (var i = 0; i < Count; i++)
        {
            sum += _secondAffine;
        }

        return sum;
    }
}
