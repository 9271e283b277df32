using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Prover.Backends.Cpu.Ifma;
using Prover.Backends.Cpu.Lanes;

namespace Prover.Backends.Cpu;

/// <summary>The kernels on all cores of this machine.</summary>
/// <remarks>Point tables stay where the caller has them; vectors are arrays. Sums may run at the same time as transforms of other vectors.</remarks>
public sealed class CpuBackend : IProverBackend
{
    /// <summary>192 groups of about 3,300 bytes stay in the second level of cache.</summary>
    internal const int TileGroups = 192;

    private static readonly SumPrices PortablePrices = new(Bucket: 2.2, Slice: 150);
    private static readonly SumPrices TilePrices = new(Bucket: 4, Slice: 5000);

    private readonly Workers _workers;
    private readonly Ntt _ntt;
    private readonly IfmaNtt? _vectorNtt;
    private readonly Msm<Fq, G1Curve> _g1;
    private readonly Msm<Fq2, G2Curve> _g2;
    private bool _isDisposed;

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
        if (path == CpuPath.Ifma)
            KernelPreparation.Begin();

        _ntt = new Ntt(_workers);
        _vectorNtt = path == CpuPath.Ifma ? new IfmaNtt(_workers) : null;
        _g1 = path == CpuPath.Ifma
            ? new(_workers, () => new TileListSums<Fq, G1Curve>(new G1Tile(TileGroups)), TilePrices)
            : new(_workers, () => new PortableListSums<Fq, G1Curve>(), PortablePrices);
        _g2 = path == CpuPath.Ifma
            ? new(_workers, () => new TileListSums<Fq2, G2Curve>(new G2Tile(TileGroups)), TilePrices)
            : new(_workers, () => new PortableListSums<Fq2, G2Curve>(), PortablePrices);
    }

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public string Description => $"{_workers.Count} threads, {(Path == CpuPath.Ifma ? "AVX-512 IFMA for rows, transforms and sums, else " : "")}portable arithmetic{(Avx2.IsSupported ? " with AVX2" : "")}";

    /// <summary>The instructions it computes with.</summary>
    public CpuPath Path { get; }

    /// <summary>One of two proofs has work for every core while the other reads its witness or waits for its last piece.</summary>
    public int ProofsInFlight => 2;

    /// <inheritdoc/>
    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => new CpuPointTable<Fq, G1Curve>(this, points, _workers.Count, aligned: Path == CpuPath.Ifma);

    /// <inheritdoc/>
    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => new CpuPointTable<Fq2, G2Curve>(this, points, _workers.Count, aligned: Path == CpuPath.Ifma);

    /// <inheritdoc/>
    public IRowTable LoadRows(SparseRows matrix) => Path == CpuPath.Ifma ? new RowSlices(this, matrix) : new HostRowTable(this, matrix);

    /// <inheritdoc/>
    public IFieldVector Upload(ReadOnlySpan<Fr> values) => new CpuFieldVector(this, values.ToArray());

    /// <inheritdoc/>
    public IFieldVector Take(Memory<Fr> values, IDisposable? owner = null) => new CpuFieldVector(this, values, owner);

    /// <inheritdoc/>
    public void Download(IFieldVector vector, Span<Fr> destination)
    {
        var own = Own(vector);
        BackendArgument.RequireDestination(vector, destination);
        own.InNaturalOrder().Span.CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Apply(Transform transform, IFieldVector vector)
    {
        var own = Own(vector);
        BackendArgument.RequireTransform(transform);
        own.Change();
        var logSize = BackendArgument.RequireLogSize(vector);
        if (_vectorNtt is not null && IfmaNtt.Takes(logSize))
            _vectorNtt.Apply(transform, own, logSize);
        else
            _ntt.Apply(transform, own, logSize);
    }

    /// <inheritdoc/>
    public void Quotient(IFieldVector a, IFieldVector b)
    {
        var (left, right) = (Own(a), Own(b));
        var logSize = BackendArgument.RequireFactors(a, b);
        if (_vectorNtt is null || !IfmaNtt.Takes(logSize))
        {
            QuotientInSteps.Apply(this, a, b);
            return;
        }

        left.Change();
        right.Change();
        _vectorNtt.Quotient(left.InNaturalOrder(), right.InNaturalOrder(), logSize);
    }

    /// <inheritdoc/>
    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c)
    {
        var (left, right, subtrahend) = (Own(a), Own(b), Own(c));
        BackendArgument.RequireSameLength(a, b, c);
        left.Change();
        var (product, factor, difference) = (left.InNaturalOrder(), right.InNaturalOrder(), subtrahend.InNaturalOrder());
        _workers.RunRanges(product.Length, 1024, (from, to) =>
        {
            var x = product.Span;
            var y = factor.Span;
            var z = difference.Span;
            for (var i = from; i < to; i++)
            {
                x[i] = x[i] * y[i] - z[i];
            }
        });
    }

    /// <inheritdoc/>
    public IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken = default)
    {
        var elements = Own(vector).InNaturalOrder();
        var products = new AlignedMemory<Fr>(rows.Count);
        try
        {
            MultiplyRows(rows, elements, products.Memory, cancellationToken);
            return Take(products.Memory, products);
        }
        catch
        {
            ((IDisposable)products).Dispose();
            throw;
        }
    }

    /// <summary>The inner products of a matrix's rows with a vector; there are as many products as rows.</summary>
    /// <exception cref="ArgumentException">The vector is shorter than the rows need, or the products are not as many as the rows.</exception>
    public void MultiplyRows(IRowTable rows, ReadOnlyMemory<Fr> vector, Memory<Fr> products, CancellationToken cancellationToken = default)
    {
        if (Path == CpuPath.Ifma)
        {
            var slices = OwnedHandle.Of<RowSlices>(this, rows);
            BackendArgument.RequireProducts(slices, vector.Span, products.Span);
            RowKernels.Multiply(slices, vector, products, _workers, cancellationToken);
            return;
        }

        var matrix = OwnedHandle.Of<HostRowTable>(this, rows).Matrix;
        BackendArgument.RequireProducts(rows, vector.Span, products.Span);
        _workers.RunRanges(matrix.RowCount, 256, (from, to) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Avx2.IsSupported)
                LaneRows.Multiply(matrix, vector.Span, products.Span, from, to);
            else
                matrix.Multiply(vector.Span, products.Span, from, to);
        });
    }

    /// <inheritdoc/>
    public Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken = default) =>
        SumAsync(_g1, terms, cancellationToken);

    /// <inheritdoc/>
    public Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken = default) =>
        SumAsync(_g2, terms, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _vectorNtt?.Dispose();
        _g1.Dispose();
        _g2.Dispose();
    }

    /// <summary>A vector's scalars are prepared once, by its first sum, and serve all tables. Tables that can be addressed as one share their buckets.</summary>
    private async Task<CurvePoint<TField, TCurve>> SumAsync<TField, TCurve>(
        Msm<TField, TCurve> msm, IReadOnlyList<SumTerm<AffinePoint<TField, TCurve>>> terms, CancellationToken cancellationToken)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var tables = new CpuPointTable<TField, TCurve>[terms.Count];
        var scalars = new TableScalars[terms.Count];
        for (var i = 0; i < terms.Count; i++)
        {
            tables[i] = OwnedHandle.Of<CpuPointTable<TField, TCurve>>(this, terms[i].Bases);
            var factors = Own(terms[i].Scalars);
            BackendArgument.RequireScalars(terms[i]);
            scalars[i] = factors.Scalars(tables[i].Finite, terms[i].First, _workers.Count, terms[i].IsLast);
        }

        if (terms.Count == 0)
            return CurvePoint<TField, TCurve>.Infinity;

        if (JoinedPoints.TryJoin(tables, out var all, out var offsets))
            return await msm.Sum(all, [.. scalars.Zip(offsets, (part, offset) => new SumPart(part, offset))], cancellationToken).ConfigureAwait(false);

        var sums = await Task.WhenAll(tables.Zip(scalars, (table, part) => msm.Sum(table.Points, [new SumPart(part, 0)], cancellationToken))).ConfigureAwait(false);
        return sums.Aggregate(CurvePoint<TField, TCurve>.Infinity, (total, sum) => total + sum);
    }

    /// <summary>The vector, if work on it may begin: the roots of transforms are gone with the backend, and what later sums kept nobody would free.</summary>
    private CpuFieldVector Own(IFieldVector vector)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return OwnedHandle.Of<CpuFieldVector>(this, vector);
    }
}
