using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;
using G1Table = Prover.Backends.Gpu.GpuPointTable<Prover.Backends.Gpu.DeviceField<Prover.Algebra.BaseModulus>, Prover.Algebra.PrimeField<Prover.Algebra.BaseModulus>, Prover.Algebra.G1Curve>;
using G2Table = Prover.Backends.Gpu.GpuPointTable<Prover.Backends.Gpu.DeviceFq2, Prover.Algebra.Fq2, Prover.Algebra.G2Curve>;

namespace Prover.Backends.Gpu;

/// <summary>The kernels on a GPU: CUDA, or OpenCL where ILGPU supports the device. Tables and vectors stay in the device's memory.</summary>
/// <remarks>
/// Several threads may use it for proofs of their own: each call launches on a stream that it has to itself, and waits for it, so that vectors need no
/// order among streams.
/// </remarks>
public sealed class GpuBackend : IProverBackend
{
    private readonly Context _context;
    private readonly Accelerator _accelerator;
    private readonly Action<string> _log;
    private readonly DeviceMemory _memory;
    private readonly VectorPool _vectors;
    private readonly PinnedCopies _copies;
    private readonly StreamPool _streams;
    private readonly DeviceNtt _ntt;
    private readonly RowLaunches _rows;
    private readonly DeviceMsm<DeviceField<BaseModulus>, Fq, G1Curve> _g1;
    private readonly DeviceMsm<DeviceFq2, Fq2, G2Curve> _g2;

    /// <summary>A backend on one GPU of this machine.</summary>
    /// <param name="number">Which one, from 0 on: CUDA's devices in its own order or, where there are none, the GPUs that OpenCL shows.</param>
    /// <param name="log">Told when the device's memory is short and work is cut into smaller pieces.</param>
    /// <exception cref="DeviceNotFoundException">There is no GPU, and the message says what was looked for, or none of that number, and it lists those that there are.</exception>
    public GpuBackend(int number = 0, Action<string>? log = null)
        : this(DeviceSearch.Find(number), $"gpu:{number}", log, null)
    {
    }

    private GpuBackend((Context Context, Device Device) found, string name, Action<string>? log, long? memoryLimit)
    {
        Name = name;
        _log = log ?? (_ => { });
        _context = found.Context;
        _accelerator = DeviceOpening.Open(found.Context, found.Device);
        try
        {
            _memory = new DeviceMemory(_accelerator, memoryLimit ?? DeviceOpening.FreeMemory(_accelerator));
            _vectors = new VectorPool(_memory);
            _copies = new PinnedCopies(_accelerator);
            _streams = new StreamPool(_accelerator);
            _ntt = new DeviceNtt(_memory, _vectors);
            _rows = new RowLaunches(_accelerator);
            _g1 = new DeviceMsm<DeviceField<BaseModulus>, Fq, G1Curve>(_memory, _log);
            _g2 = new DeviceMsm<DeviceFq2, Fq2, G2Curve>(_memory, _log);
        }
        catch (AcceleratorException refusal)
        {
            LostDevice.Free(_accelerator.Dispose);
            LostDevice.Free(_context.Dispose);
            throw DeviceOpening.Unusable(found.Device, refusal);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description => $"{_accelerator.Name} ({_accelerator.AcceleratorType}, {_accelerator.MemorySize >> 20:N0} MiB)";

    /// <summary>The GPUs of this machine by name, in the order of their numbers; none if there are none.</summary>
    public static IReadOnlyList<string> Devices => DeviceSearch.Names();

    /// <summary>The same kernels on ILGPU's CPU accelerator: slow, and only for tests of the kernels.</summary>
    /// <param name="log">Told when memory is short.</param>
    /// <param name="memoryLimit">How many bytes it is to have; otherwise as many as the host.</param>
    public static GpuBackend CreateOnCpuAccelerator(Action<string>? log = null, long? memoryLimit = null) =>
        new(DeviceSearch.CpuAccelerator(), "gpu", log, memoryLimit);

    /// <summary>The device's memory, for those that measure kernels on it.</summary>
    internal DeviceMemory Memory => _memory;

    /// <summary>While one proof's last sums leave multiprocessors idle, or the host checks it, another one fills them.</summary>
    public int ProofsInFlight => 2;

    /// <summary>A transform of more than one pass.</summary>
    public int SelfTestLogSize => _ntt.TileBits + 2;

    /// <inheritdoc/>
    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => Guarded(() => new G1Table(this, _memory, points, _log));

    /// <inheritdoc/>
    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => Guarded(() => new G2Table(this, _memory, points, _log));

    /// <inheritdoc/>
    public IRowTable LoadRows(SparseRows matrix) => Guarded(() => new GpuRowTable(this, _memory, matrix));

    /// <inheritdoc/>
    public IFieldVector Upload(ReadOnlySpan<Fr> values) => Upload(values.ToArray().AsMemory());

    /// <inheritdoc/>
    public IFieldVector Take(Memory<Fr> values, IDisposable? owner = null)
    {
        var vector = Upload(values);
        owner?.Dispose();
        return vector;
    }

    /// <inheritdoc/>
    public void Download(IFieldVector vector, Span<Fr> destination)
    {
        var own = Own(vector);
        BackendArgument.RequireDestination(vector, destination);
        var values = new Fr[own.Count];
        Launch(stream => InNaturalOrder(stream, own).Read<Element, Fr>(stream, values));
        values.CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Apply(Transform transform, IFieldVector vector)
    {
        var own = Own(vector);
        BackendArgument.RequireTransform(transform);
        var logSize = BackendArgument.RequireLogSize(vector);
        Launch(stream => _ntt.Apply(stream, transform, own, logSize));
    }

    /// <inheritdoc/>
    public void Quotient(IFieldVector a, IFieldVector b)
    {
        var (left, right) = (Own(a), Own(b));
        var logSize = BackendArgument.RequireFactors(a, b);
        Launch(stream => _ntt.Quotient(stream, left, right, logSize));
    }

    /// <inheritdoc/>
    public void MultiplySubtract(IFieldVector a, IFieldVector b, IFieldVector c)
    {
        var (left, right, subtrahend) = (Own(a), Own(b), Own(c));
        BackendArgument.RequireSameLength(a, b, c);
        if (a.Count > 0)
            Launch(stream => _ntt.MultiplySubtract(stream, left, right, subtrahend));
    }

    /// <inheritdoc/>
    public IFieldVector MultiplyRows(IRowTable rows, IFieldVector vector, CancellationToken cancellationToken = default)
    {
        var table = OwnedHandle.Of<GpuRowTable>(this, rows);
        var own = Own(vector);
        BackendArgument.RequireVector(rows, vector);
        cancellationToken.ThrowIfCancellationRequested();
        var products = Guarded(() => new GpuFieldVector(this, _vectors, table.Count, table.ProductCount));
        try
        {
            Launch(stream => table.Multiply(stream, _rows, InNaturalOrder(stream, own), products.Room));
            return products;
        }
        catch
        {
            products.Dispose();
            throw;
        }
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
        _ntt.Dispose();
        _g1.Dispose();
        _g2.Dispose();
        _vectors.Dispose();
        _copies.Dispose();
        _streams.Dispose();
        LostDevice.Free(_accelerator.Dispose);
        LostDevice.Free(_context.Dispose);
    }

    private GpuFieldVector Own(IFieldVector vector) => OwnedHandle.Of<GpuFieldVector>(this, vector);

    private ArrayView<Element> InNaturalOrder(AcceleratorStream stream, GpuFieldVector vector)
    {
        // Several sums may ask at the same time, and none may begin before the order is what it should be.
        lock (vector.Reordering)
        {
            if (!vector.IsBitReversed)
                return vector.View;

            var elements = _ntt.InNaturalOrder(stream, vector);
            stream.Synchronize();
            return elements;
        }
    }

    private GpuFieldVector Upload(ReadOnlyMemory<Fr> values) => Guarded(() =>
    {
        var vector = new GpuFieldVector(this, _vectors, values.Length, values.Length);
        try
        {
            if (values.Length > 0)
                _copies.Copy(values, vector.View.Cast<byte>());

            return vector;
        }
        catch
        {
            vector.Dispose();
            throw;
        }
    });

    private Task<CurvePoint<TField, TCurve>> SumAsync<TDevice, TField, TCurve>(
        DeviceMsm<TDevice, TField, TCurve> msm, IReadOnlyList<SumTerm<AffinePoint<TField, TCurve>>> terms, CancellationToken cancellationToken)
        where TDevice : unmanaged, IDeviceField<TDevice>
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var parts = new List<(GpuPointTable<TDevice, TField, TCurve> Bases, GpuFieldVector Scalars, int First)>();
        foreach (var term in terms)
        {
            parts.Add((OwnedHandle.Of<GpuPointTable<TDevice, TField, TCurve>>(this, term.Bases), Own(term.Scalars), term.First));
            BackendArgument.RequireScalars(term);
        }

        return parts switch
        {
            [] => Task.FromResult(CurvePoint<TField, TCurve>.Infinity),
            [var only] => Sum(only),
            _ => SumAll(),
        };

        // Beside each other, so that the last steps of one, which few threads take part in, leave nothing idle.
        async Task<CurvePoint<TField, TCurve>> SumAll() =>
            (await Task.WhenAll(parts.Select(Sum)).ConfigureAwait(false)).Aggregate((sum, part) => sum + part);

        // A thread of its own, for it mostly waits: several of these would starve a pool that has as many threads as a small host has cores.
        Task<CurvePoint<TField, TCurve>> Sum((GpuPointTable<TDevice, TField, TCurve> Bases, GpuFieldVector Scalars, int First) part) => Task.Factory.StartNew(
            () => Guarded(() => msm.Sum(part.Bases, _streams.With(stream => InNaturalOrder(stream, part.Scalars)), part.First, cancellationToken)),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Launches something on a stream of its own and waits for it.</summary>
    private void Launch(Action<AcceleratorStream> launch) => Guarded(() => _streams.With(stream =>
    {
        launch(stream);
        stream.Synchronize();
        return true;
    }));

    /// <summary>Whatever a driver reports while it computes means that what lies on the device is lost.</summary>
    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (CudaException shortage) when (shortage.Error == nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY))
        {
            throw new DeviceMemoryException($"{Name}, {_accelerator.Name}, has no memory left for its own work: {shortage.Message}", shortage);
        }
        catch (AcceleratorException failure)
        {
            throw Lost(failure);
        }
        catch (AggregateException several) when (several.InnerException is AcceleratorException failure)
        {
            throw Lost(failure);
        }

        DeviceLostException Lost(AcceleratorException failure) => new($"{Name}, {_accelerator.Name}, failed while it computed: {failure.Message}", failure);
    }
}
