using System.Numerics;
using BenchmarkDotNet.Attributes;
using Prover.Algebra;

namespace Prover.Benchmarks;

/// <summary>One product in Fr, against big integers reduced modulo r.</summary>
public class FieldProductBenchmarks
{
    private const int Count = 1024;

    private readonly Fr[] _a = RandomElements.Of<ScalarModulus>(Count, 1);
    private readonly Fr[] _b = RandomElements.Of<ScalarModulus>(Count, 2);
    private readonly Fr[] _results = new Fr[Count];
    private readonly BigInteger[] _bigResults = new BigInteger[Count];
    private BigInteger[] _bigA = [];
    private BigInteger[] _bigB = [];

    [GlobalSetup]
    public void Setup() => (_bigA, _bigB) = ([.. _a.Select(x => x.ToInteger())], [.. _b.Select(x => x.ToInteger())]);

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public BigInteger[] BigIntegerProduct()
    {
        for (var i = 0; i < Count; i++)
        {
            _bigResults[i] = _bigA[i] * _bigB[i] % Fr.Modulus;
        }

        return _bigResults;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Fr[] Product()
    {
        for (var i = 0; i < Count; i++)
        {
            _results[i] = _a[i] * _b[i];
        }

        return _results;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Fr ProductOfProduct()
    {
        var result = _a[0];
        for (var i = 0; i < Count; i++)
        {
            result *= _b[i];
        }

        return result;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Fr[] Sum()
    {
        for (var i = 0; i < Count; i++)
        {
            _results[i] = _a[i] + _b[i];
        }

        return _results;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Fr[] Difference()
    {
        for (var i = 0; i < Count; i++)
        {
            _results[i] = _a[i] - _b[i];
        }

        return _results;
    }
}
