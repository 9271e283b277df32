using BenchmarkDotNet.Attributes;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Benchmarks;

/// <summary>Products of 1,024 pairs: portable code on single elements, and AVX-512 IFMA on vectors of eight. Times are for one product.</summary>
public class VectorProductBenchmarks : IDisposable
{
    private const int Count = 1024;

    private readonly FieldKernels _kernels = new(Fq.Modulus);
    private readonly Fq[] _elements = new Fq[Count];
    private readonly ulong[] _blocks = new ulong[Count * KernelData.Limbs];

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            _elements[i] = Fq.FromUInt64((ulong)random.NextInt64()).Invert();
        }

        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = (ulong)random.NextInt64(1L << KernelData.LimbBits);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void Portable()
    {
        foreach (ref var element in _elements.AsSpan())
        {
            element *= element;
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Ifma() => _kernels.Multiply(_blocks, _blocks, _blocks);

    [Benchmark(OperationsPerInvoke = Count)]
    public void IfmaSquare() => _kernels.Square(_blocks, _blocks);

    public void Dispose()
    {
        _kernels.Dispose();
        GC.SuppressFinalize(this);
    }
}
