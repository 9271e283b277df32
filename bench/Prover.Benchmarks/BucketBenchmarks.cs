using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Benchmarks;

/// <summary>One addition of a random point out of 2²⁰ to one of 3,072 buckets of G1, its part of the round's inversion included.</summary>
public unsafe class BucketBenchmarks : IDisposable
{
    private const int Pairs = 192;
    private const int Rounds = 32;
    private const int Padding = G1Tile.PairsAhead * G1TileLayout.PairBuckets;
    private const int Additions = (Rounds - 1) * Pairs * G1TileLayout.PairBuckets;

    private readonly G1Tile _tile = new(Pairs);
    private const int Bases = 1 << 20;

    // A point then is one line of cache.
    private readonly G1Affine* _bases = (G1Affine*)NativeMemory.AlignedAlloc(Bases * 64, 1 << 21);
    private readonly uint[] _indices = new uint[(Rounds * Pairs * G1TileLayout.PairBuckets) + (2 * Padding)];
    private readonly int[] _active = new int[Rounds];

    [GlobalSetup]
    public void Fill()
    {
        // Coordinates are all that the formulas read, so that any will do.
        var random = new Random(1);
        for (var i = 0; i < Bases; i++)
        {
            _bases[i] = new(Fq.FromUInt64((ulong)random.NextInt64()) * Fq.FromUInt64((ulong)random.NextInt64()), Fq.FromUInt64((ulong)random.NextInt64()));
        }

        for (var i = 0; i < _indices.Length; i++)
        {
            _indices[i] = (uint)random.Next(Bases) | (uint)random.Next(2) << 31;
        }

        Array.Fill(_active, Pairs);
    }

    [Benchmark(OperationsPerInvoke = Additions)]
    public void Tile()
    {
        fixed (uint* indices = _indices)
        {
            _tile.Sum(_bases, indices + Padding, Pairs * G1TileLayout.PairBuckets, _active, []);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_bases);
        _tile.Dispose();
        GC.SuppressFinalize(this);
    }
}
