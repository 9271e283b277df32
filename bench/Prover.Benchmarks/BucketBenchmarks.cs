using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Benchmarks;

/// <summary>One addition of a random point to one of some thousand lists of G1 or G2, its part of the round's inversion included.</summary>
public unsafe class BucketBenchmarks : IDisposable
{
    private const int Groups = 192;
    private const int Rounds = 32;
    private const int Bases = 1 << 19;
    private const int G1Lists = Groups * G1TileLayout.PairBuckets;
    private const int G2Lists = Groups * 8;

    private readonly Lists<Fq, G1Curve> _g1 = new(new G1Tile(Groups));
    private readonly Lists<Fq2, G2Curve> _g2 = new(new G2Tile(Groups));

    [Benchmark(OperationsPerInvoke = (Rounds - 1) * G1Lists)]
    public void AdditionInG1() => _g1.Sum();

    [Benchmark(OperationsPerInvoke = (Rounds - 1) * G2Lists)]
    public void AdditionInG2() => _g2.Sum();

    public void Dispose()
    {
        _g1.Dispose();
        _g2.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A tile, full of lists of random points.</summary>
    private sealed class Lists<TField, TCurve> : IDisposable
        where TField : unmanaged, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        private readonly ITile<TField, TCurve> _tile;
        private readonly uint[] _indices;
        private readonly int[] _active = new int[Rounds];

        // A point then is one or two lines of cache.
        private readonly AffinePoint<TField, TCurve>* _bases =
            (AffinePoint<TField, TCurve>*)NativeMemory.AlignedAlloc((nuint)Bases * (nuint)Unsafe.SizeOf<AffinePoint<TField, TCurve>>(), 1 << 21);

        public Lists(ITile<TField, TCurve> tile)
        {
            _tile = tile;
            Array.Fill(_active, Groups);

            // Coordinates are all that the formulas read, so that any will do.
            var random = new Random(1);
            var coordinates = new Span<Fq>(_bases, Bases * Unsafe.SizeOf<AffinePoint<TField, TCurve>>() / Unsafe.SizeOf<Fq>());
            foreach (ref var coordinate in coordinates)
            {
                coordinate = Fq.FromUInt64((ulong)random.NextInt64()) * Fq.FromUInt64((ulong)random.NextInt64());
            }

            _indices = new uint[(Rounds + 2) * Groups * tile.GroupLists];
            for (var i = 0; i < _indices.Length; i++)
            {
                _indices[i] = (uint)random.Next(Bases) | (uint)random.Next(2) << 31;
            }
        }

        public void Sum()
        {
            var stride = Groups * _tile.GroupLists;
            fixed (uint* indices = _indices)
            {
                _tile.Sum(_bases, indices + stride, stride, _active);
            }
        }

        public void Dispose()
        {
            NativeMemory.AlignedFree(_bases);
            _tile.Dispose();
        }
    }
}
