using BenchmarkDotNet.Attributes;
using Prover.Algebra;

namespace Prover.Benchmarks;

/// <summary>One inverse in Fr, against Fermat's power a^(r−2).</summary>
public class FieldInversionBenchmarks
{
    private const int Count = 256;

    private readonly Fr[] _elements = RandomElements.Of<ScalarModulus>(Count, 1);
    private readonly Fr[] _results = new Fr[Count];

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public Fr[] FermatPower()
    {
        for (var i = 0; i < Count; i++)
        {
            _results[i] = _elements[i].Power(Fr.Modulus - 2);
        }

        return _results;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Fr[] Inverse()
    {
        for (var i = 0; i < Count; i++)
        {
            _results[i] = _elements[i].InvertNonZero();
        }

        return _results;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Fr[] InverseInBatch()
    {
        _elements.CopyTo(_results, 0);
        Fr.InvertAll(_results);
        return _results;
    }
}
