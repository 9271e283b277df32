using BenchmarkDotNet.Attributes;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Benchmarks;

/// <summary>
/// 200,000 rows of 17 terms on one thread, portable and with AVX-512 IFMA; times are for one term. Three terms in four are near their row,
/// as in circuits that programs write, the others anywhere; three coefficients in four are 1 or −1.
/// </summary>
public class RowBenchmarks : IDisposable
{
    private const int Rows = 200_000;
    private const int TermsPerRow = 17;
    private const int Terms = Rows * TermsPerRow;

    private readonly CpuBackend _portable = new(1, CpuPath.Portable);
    private readonly CpuBackend? _ifma = CpuPaths.IsSupported(CpuPath.Ifma) ? new(1, CpuPath.Ifma) : null;
    private readonly Fr[] _vector = RandomElements.Of<ScalarModulus>(Rows, 1);
    private readonly Fr[] _products = new Fr[Rows];
    private SparseRows _matrix;
    private IRowTable? _portableRows, _ifmaRows;

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        var (columns, ids) = (new int[Terms], new int[Terms]);
        for (var i = 0; i < Terms; i++)
        {
            columns[i] = random.Next(4) == 0 ? random.Next(Rows) : Math.Max(0, i / TermsPerRow - random.Next(1000));
            ids[i] = random.Next(4) == 0 ? random.Next(2, 1000) : random.Next(2);
        }

        Fr[] coefficients = [Fr.One, -Fr.One, .. RandomElements.Of<ScalarModulus>(998, 2)];
        _matrix = new SparseRows(Enumerable.Range(0, Rows + 1).Select(i => i * TermsPerRow).ToArray(), columns, ids, coefficients);
        _portableRows = _portable.LoadRows(_matrix);
        _ifmaRows = _ifma?.LoadRows(_matrix);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Terms)]
    public void Portable() => _portable.MultiplyRows(_portableRows!, _vector, _products);

    [Benchmark(OperationsPerInvoke = Terms)]
    public void Ifma() => _ifma?.MultiplyRows(_ifmaRows!, _vector, _products);

    [Benchmark(OperationsPerInvoke = Terms)]
    public void Load() => _ifma?.LoadRows(_matrix).Dispose();

    [GlobalCleanup]
    public void Dispose()
    {
        _portableRows?.Dispose();
        _ifmaRows?.Dispose();
        _portable.Dispose();
        _ifma?.Dispose();
        GC.SuppressFinalize(this);
    }
}
