using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu;

/// <summary>The kernels on all cores of this machine.</summary>
/// <remarks>Point tables stay where the caller has them; vectors are arrays. Sums may run at the same time as transforms of other vectors.</remarks>
public sealed class CpuBackend : IProverBackend
{
    private readonly Workers _workers;
    private readonly Ntt _ntt;
    private readonly Func<ReadOnlyMemory<G1Affine>, Fr[], G1Point> _g1;
    private readonly Msm<Fq2, G2Curve> _g2;

    /// <summary>A backend on as many threads as the machine has processors.</summary>
    public CpuBackend()
        : this(Environment.ProcessorCount)
    {
    }

    /// <summary>A backend on <paramref name="threads"/> threads, the caller's included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread.</exception>
    /// <exception cref="DeviceNotFoundException">The environment names a path that this machine cannot take.</exception>
    public CpuBackend(int threads)
        : this(threads, CpuPaths.Choose())
    {
    }

    /// <summary>A backend on <paramref name="threads"/> threads that takes a path which the machine supports.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread, or the machine cannot take the path.</exception>
    public CpuBackend(int threads, CpuPath path)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        ArgumentOutOfRangeException.ThrowIfNotEqual(CpuPaths.IsSupported(path), true, nameof(path));
        Path = path;
        _workers = new Workers(threads);
        _ntt = new Ntt(_workers);
        _g1 = path == CpuPath.Ifma ? new G1Msm(_workers).Sum : new Msm<Fq, G1Curve>(_workers).Sum;
        _g2 = new Msm<Fq2, G2Curve>(_workers);
    }

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public string Description => $"{_workers.Count} threads, {(Path == CpuPath.Ifma ? "AVX-512 IFMA for sums in G1, else " : "")}portable 64-bit arithmetic";

    /// <summary>The instructions it computes with.</summary>
    public CpuPath Path { get; }

    /// <inheritdoc/>
    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => new HostPointTable<Fq, G1Curve>(this, points);

    /// <inheritdoc/>
    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => new HostPointTable<Fq2, G2Curve>(this, points);

    /// <inheritdoc/>
    public IFieldVector Upload(ReadOnlySpan<Fr> values) => new CpuFieldVector(this, values.ToArray());

    /// <inheritdoc/>
    public void Download(IFieldVector vector, Span<Fr> destination)
    {
        var own = Own(vector);
        BackendArgument.RequireDestination(vector, destination);
        own.InNaturalOrder().CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Apply(Transform transform, IFieldVector vector)
    {
        var own = Own(vector);
        BackendArgument.RequireTransform(transform);
        _ntt.Apply(transform, own, BackendArgument.RequireLogSize(vector));
    }

    /// <inheritdoc/>
    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c)
    {
        var (left, right, subtrahend) = (Own(a), Own(b), Own(c));
        BackendArgument.RequireSameLength(a, b, c);
        var (x, y, z) = (left.InNaturalOrder(), right.InNaturalOrder(), subtrahend.InNaturalOrder());
        _workers.RunRanges(x.Length, 1024, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                x[i] = x[i] * y[i] - z[i];
            }
        });
    }

    /// <inheritdoc/>
    public G1Point Sum(IPointTable<G1Affine> bases, IFieldVector scalars)
    {
        var table = OwnedHandle.Of<HostPointTable<Fq, G1Curve>>(this, bases);
        var factors = Own(scalars);
        BackendArgument.RequireSameLength(bases, scalars);
        return _g1(table.Points, factors.InNaturalOrder());
    }

    /// <inheritdoc/>
    public G2Point Sum(IPointTable<G2Affine> bases, IFieldVector scalars)
    {
        var table = OwnedHandle.Of<HostPointTable<Fq2, G2Curve>>(this, bases);
        var factors = Own(scalars);
        BackendArgument.RequireSameLength(bases, scalars);
        return _g2.Sum(table.Points, factors.InNaturalOrder());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private CpuFieldVector Own(IFieldVector vector) => OwnedHandle.Of<CpuFieldVector>(this, vector);
}
