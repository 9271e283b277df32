using Prover.Algebra;
using Prover.Backends;
using Prover.Backends.Cpu;

namespace Prover.Bench;

/// <summary>Products, additions, transforms, quotients and sums as things to measure.</summary>
internal sealed class GpuKernelItems(GpuBenchOptions options, CancellationToken cancellationToken)
{
    /// <summary>Largest sums in G2: a proof has one, of as many points as it has wires.</summary>
    public const int LargestG2 = 20;

    private const int RunLength = 32;

    // As many threads as the largest devices hold, several times, and work for a tenth of a second on those.
    private const int LogProducts = 20;
    private const int ProductsOfChain = 1 << 12;
    private const int LogAdditions = 23;
    private const int LogBases = 20;

    // Host memory for each point: as it is, as a backend arranges it, and its scalar on both.
    private const long G1Bytes = 256;
    private const long G2Bytes = 384;
    private const long ElementBytes = 192;

    private readonly GpuTurns _turns = new(options.Rounds, cancellationToken);

    /// <summary>All of them, and what is left out from the start.</summary>
    public IEnumerable<GpuItem> Create(Action<GpuGap> leaveOut)
    {
        yield return Products("one chain", 1);
        yield return Products("four chains", 4);
        yield return Own(GpuParts.Products, "one thread of the CPU", bench => bench.Product);
        yield return Additions("G1", BenchPoints.Make<Fq, G1Curve>, (session, points) => session.Gpu.LoadG1(points), (session, bases, indices) => session.Measurements.AddInG1(bases, indices, RunLength, options.Rounds));
        yield return Own(GpuParts.Additions, "G1, one thread of the CPU", bench => bench.G1Addition);
        yield return Additions("G2", BenchPoints.Make<Fq2, G2Curve>, (session, points) => session.Gpu.LoadG2(points), (session, bases, indices) => session.Measurements.AddInG2(bases, indices, RunLength, options.Rounds));
        yield return Own(GpuParts.Additions, "G2, one thread of the CPU", bench => bench.G2Addition);
        foreach (var logSize in options.Sizes)
        {
            yield return Transform(logSize);
            yield return Quotient(logSize);
            foreach (var kind in BenchScalars.Kinds)
            {
                yield return Sum<Fq, G1Curve>(
                    "G1", kind, logSize, G1Bytes, (backend, points) => backend.LoadG1(points), (backend, table, scalars) => backend.SumAsync([new SumTerm<G1Affine>(table, scalars)]));
            }

            foreach (var kind in BenchScalars.Kinds)
            {
                if (logSize <= LargestG2)
                {
                    yield return Sum<Fq2, G2Curve>(
                        "G2", kind, logSize, G2Bytes, (backend, points) => backend.LoadG2(points), (backend, table, scalars) => backend.SumAsync([new SumTerm<G2Affine>(table, scalars)]));
                }
                else
                {
                    leaveOut(new(GpuParts.Sum, $"G2, {kind}", logSize, false, $"sums in G2 are measured up to 2^{LargestG2}."));
                }
            }
        }
    }

    /// <summary>A size that the device can do quickly, and on the emulation the smallest there is.</summary>
    private int Size(int logSize) => options.IsEmulated ? Math.Min(logSize, options.Sizes.Min()) : logSize;

    private GpuItem Products(string subject, int chains)
    {
        var (logSize, products) = (Size(LogProducts), options.IsEmulated ? 4 : ProductsOfChain);
        return new(GpuParts.Products, subject, logSize, ElementBytes << logSize, (session, add) =>
        {
            var seconds = session.Measurements.Products(BenchScalars.Make(BenchScalars.Uniform, 1 << logSize), chains, products, options.Rounds);
            add(new(GpuParts.Products, subject, logSize, "gpu", (double)products * (1 << logSize), seconds, []));
        });
    }

    private GpuItem Additions<TPoint>(
        string group, Func<int, TPoint[]> make, Func<GpuSession, TPoint[], IPointTable<TPoint>> load, Func<GpuSession, IPointTable<TPoint>, int[], IReadOnlyList<double>> measure)
    {
        var (logSize, logBases) = (Size(LogAdditions), Size(LogBases));
        return new(GpuParts.Additions, group, logSize, G2Bytes << logBases, (session, add) =>
        {
            using var bases = load(session, make(1 << logBases));
            var random = new Random(1);
            var indices = new int[1 << logSize];
            for (var i = 0; i < indices.Length; i++)
            {
                indices[i] = random.Next(1 << logBases) ^ -random.Next(2);
            }

            // The first point of a run is not added to anything.
            add(new(GpuParts.Additions, group, logSize, "gpu", indices.Length - indices.Length / RunLength, measure(session, bases, indices), []));
        });
    }

    private GpuItem Own(string part, string subject, Func<KernelBench, Func<CpuPath, double>> kernel) => new(part, subject, 0, 0, (_, add) =>
        add(new(part, subject, 0, "cpu", 1, [1e-9 * kernel(new KernelBench(cancellationToken))(CpuPaths.Choose())], [])));

    private GpuItem Transform(int logSize)
    {
        GpuItem? item = null;
        return item = new(GpuParts.Transform, "", logSize, ElementBytes << logSize, (session, add) =>
        {
            var values = BenchScalars.Make(BenchScalars.Uniform, 1 << logSize);
            _turns.Run(session, item!, backend => new TransformTrial(backend, values), add);
        });
    }

    private GpuItem Quotient(int logSize)
    {
        GpuItem? item = null;
        return item = new(GpuParts.Quotient, "", logSize, 2 * ElementBytes << logSize, (session, add) =>
        {
            var left = BenchScalars.Make(BenchScalars.Uniform, 1 << logSize);
            var right = BenchScalars.Make(BenchScalars.Bits, 1 << logSize);
            _turns.Run(session, item!, backend => new QuotientTrial(backend, left, right), add);
        });
    }

    private GpuItem Sum<TField, TCurve>(
        string group,
        string kind,
        int logSize,
        long pointBytes,
        Func<IProverBackend, AffinePoint<TField, TCurve>[], IPointTable<AffinePoint<TField, TCurve>>> load,
        Func<IProverBackend, IPointTable<AffinePoint<TField, TCurve>>, IFieldVector, Task<CurvePoint<TField, TCurve>>> sumAsync)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        GpuItem? item = null;
        return item = new(GpuParts.Sum, $"{group}, {kind}", logSize, pointBytes << logSize, (session, add) =>
        {
            var points = BenchPoints.Make<TField, TCurve>(1 << logSize);
            var scalars = BenchScalars.Make(kind, points.Length);
            using var onGpu = load(session.Gpu, points);
            using var onCpu = load(session.Cpu, points);
            _turns.Run(
                session,
                item!,
                backend => new SumTrial<TField, TCurve>(backend, scalars, vector => sumAsync(backend, ReferenceEquals(backend, session.Gpu) ? onGpu : onCpu, vector)),
                add);
        });
    }
}
