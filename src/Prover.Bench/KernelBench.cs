using System.Diagnostics;
using System.Numerics;
using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Bench;

/// <summary>Times the parts of proofs on one thread.</summary>
public sealed class KernelBench(CancellationToken cancellationToken)
{
    private const int Repeats = 5;
    private const int Products = 1 << 12;
    private const int LogTransform = 20;
    private const int Lists = 4096;
    private const int ListLength = 32;
    private const int Points = 1 << 17;

    /// <summary>The times of one path.</summary>
    public KernelTimes Run(CpuPath path)
    {
        using var backend = new CpuBackend(threads: 1, path);
        return new KernelTimes(
            $"{path}".ToLowerInvariant(),
            Product(path),
            G1Addition(path),
            G2Addition(path),
            Butterfly(backend));
    }

    /// <summary>Nanoseconds of a product in Fr.</summary>
    internal double Product(CpuPath path) => path == CpuPath.Ifma ? VectorProduct() : Product();

    /// <summary>Nanoseconds of an addition in G1.</summary>
    internal double G1Addition(CpuPath path) =>
        Addition<Fq, G1Curve>(path == CpuPath.Ifma ? new TileListSums<Fq, G1Curve>(new G1Tile(CpuBackend.TileGroups)) : new PortableListSums<Fq, G1Curve>());

    /// <summary>Nanoseconds of an addition in G2.</summary>
    internal double G2Addition(CpuPath path) =>
        Addition<Fq2, G2Curve>(path == CpuPath.Ifma ? new TileListSums<Fq2, G2Curve>(new G2Tile(CpuBackend.TileGroups)) : new PortableListSums<Fq2, G2Curve>());

    /// <summary>The least time of several repeats, after one that warms up, in nanoseconds for each operation.</summary>
    private double Least(double operations, Action work)
    {
        work();
        var least = double.PositiveInfinity;
        for (var i = 0; i < Repeats; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            work();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return least / operations;
    }

    private double VectorProduct()
    {
        using var kernels = new FieldKernels(Fr.Modulus);
        var elements = new ulong[Products / LaneElement.Lanes * KernelData.BlockBytes / sizeof(ulong)];
        elements.AsSpan().Fill(BitOperations.RotateLeft(0x9e3779b97f4a7c15, 3) >> 12);
        return Least(100.0 * Products, () =>
        {
            for (var i = 0; i < 100; i++)
            {
                kernels.Multiply(elements, elements, elements);
            }
        });
    }

    private double Product()
    {
        var elements = Elements(Products);
        var results = new Fr[Products];
        return Least(100.0 * Products, () =>
        {
            for (var round = 0; round < 100; round++)
            {
                for (var i = 0; i < results.Length; i++)
                {
                    results[i] = elements[i] * elements[results.Length - 1 - i];
                }
            }
        });
    }

    private double Addition<TField, TCurve>(IListSums<TField, TCurve> listSums)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        using var table = new CpuPointTable<TField, TCurve>(new ReferenceBackend(), BenchPoints.Make<TField, TCurve>(Points), threads: 1, aligned: true);
        var random = new Random(1);
        var (digits, indices) = (new int[Lists * ListLength], new int[Lists * ListLength]);
        for (var i = 0; i < digits.Length; i++)
        {
            (digits[i], indices[i]) = (1 + random.Next(Lists), random.Next(Points) ^ -random.Next(2));
        }

        var sums = new AffinePoint<TField, TCurve>[Lists];
        var least = Least(digits.Length - Lists, () => listSums.Sum(table.Points.Span, [.. digits], indices, sums));
        listSums.Dispose();
        return least;
    }

    private double Butterfly(CpuBackend backend)
    {
        using var vector = backend.Upload(Elements(1 << LogTransform));
        return Least(LogTransform * (1 << (LogTransform - 1)), () => backend.Apply(Transform.Evaluate, vector));
    }

    private static Fr[] Elements(int count)
    {
        var elements = new Fr[count];
        var element = Fr.FromUInt64(0x9e3779b97f4a7c15);
        for (var i = 0; i < count; i++)
        {
            elements[i] = element = element.Square() + Fr.One;
        }

        return elements;
    }
}
