using BenchmarkDotNet.Attributes;
using Prover.Algebra;

namespace Prover.Benchmarks;

/// <summary>Sums of five products with coefficients, and products of two elements, one by one and in eight lanes; times are for one product.</summary>
public class LaneSumBenchmarks
{
    private const int Rows = 1024;
    private const int Terms = 5;

    private readonly Fr[] _values = RandomElements.Of<ScalarModulus>(Rows + Terms, 1);
    private readonly Fr[] _coefficients = RandomElements.Of<ScalarModulus>(Terms, 2);
    private readonly Fr[] _results = new Fr[Rows];
    private readonly FrLanes? _lanes = FrLanes.IsSupported ? new() : null;
    private readonly int[] _indices = new int[FrLanes.Count];
    private ulong[] _spread = [];

    [GlobalSetup]
    public void Setup() => _spread = FrLanes.Spread(_coefficients);

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows * Terms)]
    public void Sums()
    {
        for (var row = 0; row < Rows; row++)
        {
            var sum = Fr.Zero;
            for (var term = 0; term < Terms; term++)
            {
                sum += _coefficients[term] * _values[row + term];
            }

            _results[row] = sum;
        }
    }

    [Benchmark(OperationsPerInvoke = Rows * Terms)]
    public void SumsInLanes()
    {
        for (var row = 0; _lanes is not null && row < Rows; row += FrLanes.Count)
        {
            _lanes.Begin();
            for (var term = 0; term < Terms; term++)
            {
                _lanes.AddProduct(_spread, term, _values, From(row + term));
            }

            _lanes.EndLeft();
            _lanes.Store(_results, From(row));
        }
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void Products()
    {
        for (var row = 0; row < Rows; row++)
        {
            _results[row] = _values[row] * _values[row + 1];
        }
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void ProductsInLanes()
    {
        for (var row = 0; _lanes is not null && row < Rows; row += FrLanes.Count)
        {
            _lanes.Begin();
            _lanes.Add(_values, From(row + 1));
            _lanes.EndRight();
            _lanes.Begin();
            _lanes.Add(_values, From(row));
            _lanes.EndLeft();
            _lanes.Multiply();
            _lanes.Store(_results, From(row));
        }
    }

    private int[] From(int first)
    {
        for (var lane = 0; lane < _indices.Length; lane++)
        {
            _indices[lane] = first + lane;
        }

        return _indices;
    }
}
