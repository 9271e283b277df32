using ILGPU;
using ILGPU.Runtime;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;
using G1Table = Prover.Backends.Gpu.GpuPointTable<Prover.Backends.Gpu.DeviceField<Prover.Algebra.BaseModulus>, Prover.Algebra.PrimeField<Prover.Algebra.BaseModulus>, Prover.Algebra.G1Curve>;
using G2Table = Prover.Backends.Gpu.GpuPointTable<Prover.Backends.Gpu.DeviceFq2, Prover.Algebra.Fq2, Prover.Algebra.G2Curve>;

namespace Prover.Backends.Gpu;

/// <summary>The kernels on a GPU: CUDA, or OpenCL where ILGPU supports the device. Tables and vectors stay in the device's memory.</summary>
/// <remarks>Not for use by two threads at once.</remarks>
public sealed class GpuBackend : IProverBackend
{
    private readonly Context _context;
    private readonly Accelerator _accelerator;
    private readonly DeviceNtt _ntt;
    private readonly DeviceMsm<DeviceField<BaseModulus>, Fq, G1Curve> _g1;
    private readonly DeviceMsm<DeviceFq2, Fq2, G2Curve> _g2;
    private readonly Action<Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>> _multiplySubtract;

    /// <summary>A backend on one GPU of this machine.</summary>
    /// <param name="number">Which one, from 0 on: CUDA's devices in its own order or, where there are none, the GPUs that OpenCL shows.</param>
    /// <exception cref="DeviceNotFoundException">There is no GPU, and the message says what was looked for, or none of that number, and it lists those that there are.</exception>
    public GpuBackend(int number = 0)
        : this(DeviceSearch.Find(number), $"gpu:{number}")
    {
    }

    private GpuBackend((Context Context, Device Device) found, string name)
    {
        Name = name;
        _context = found.Context;
        _accelerator = Open(found.Context, found.Device);
        _ntt = new DeviceNtt(_accelerator);
        _g1 = new DeviceMsm<DeviceField<BaseModulus>, Fq, G1Curve>(_accelerator);
        _g2 = new DeviceMsm<DeviceFq2, Fq2, G2Curve>(_accelerator);
        _multiplySubtract = _accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>>(TransformKernels.MultiplySubtract);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description => $"{_accelerator.Name} ({_accelerator.AcceleratorType}, {_accelerator.MemorySize >> 20:N0} MiB)";

    /// <summary>The GPUs of this machine by name, in the order of their numbers; none if there are none.</summary>
    public static IReadOnlyList<string> Devices => DeviceSearch.Names();

    /// <summary>The same kernels on ILGPU's CPU accelerator: slow, and only for tests of the kernels.</summary>
    public static GpuBackend CreateOnCpuAccelerator() => new(DeviceSearch.CpuAccelerator(), "gpu");

    /// <inheritdoc/>
    public int ProofsInFlight => 1;

    /// <inheritdoc/>
    public IPointTable<G1Affine> LoadG1(ReadOnlyMemory<G1Affine> points) => new G1Table(this, Resident<DeviceAffine<DeviceField<BaseModulus>>, G1Affine>(points.Span), points);

    /// <inheritdoc/>
    public IPointTable<G2Affine> LoadG2(ReadOnlyMemory<G2Affine> points) => new G2Table(this, Resident<DeviceAffine<DeviceFq2>, G2Affine>(points.Span), points);

    /// <inheritdoc/>
    public IFieldVector Upload(ReadOnlySpan<Fr> values) => new GpuFieldVector(this, Resident<Element, Fr>(values), values.Length);

    /// <inheritdoc/>
    public void Download(IFieldVector vector, Span<Fr> destination)
    {
        var own = Own(vector);
        BackendArgument.RequireDestination(vector, destination);
        _ntt.InNaturalOrder(own);
        own.Elements.Read(destination);
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
        if (a.Count > 0)
            _multiplySubtract(a.Count, _ntt.InNaturalOrder(left), _ntt.InNaturalOrder(right), _ntt.InNaturalOrder(subtrahend));
    }

    /// <inheritdoc/>
    public Task<G1Point> SumAsync(IReadOnlyList<SumTerm<G1Affine>> terms, CancellationToken cancellationToken = default) =>
        Task.FromResult(Sum(_g1, terms, cancellationToken));

    /// <inheritdoc/>
    public Task<G2Point> SumAsync(IReadOnlyList<SumTerm<G2Affine>> terms, CancellationToken cancellationToken = default) =>
        Task.FromResult(Sum(_g2, terms, cancellationToken));

    /// <inheritdoc/>
    public void Dispose()
    {
        _ntt.Dispose();
        _g1.Dispose();
        _g2.Dispose();
        _accelerator.Dispose();
        _context.Dispose();
    }

    /// <summary>A device can be listed and yet refuse to be used, for instance when its driver does not fit the kernel's.</summary>
    private static Accelerator Open(Context context, Device device)
    {
        try
        {
            return device.CreateAccelerator(context);
        }
        catch (AcceleratorException refusal)
        {
            context.Dispose();
            throw new DeviceNotFoundException($"The {device.AcceleratorType} device {device.Name} was found but cannot be used: {refusal.Message}", refusal);
        }
    }

    private GpuFieldVector Own(IFieldVector vector) => OwnedHandle.Of<GpuFieldVector>(this, vector);

    private DeviceArray<TDevice> Resident<TDevice, THost>(ReadOnlySpan<THost> values)
        where TDevice : unmanaged
        where THost : struct
    {
        var array = new DeviceArray<TDevice>(_accelerator);
        array.Write(values);
        return array;
    }

    private CurvePoint<TField, TCurve> Sum<TDevice, TField, TCurve>(
        DeviceMsm<TDevice, TField, TCurve> msm, IReadOnlyList<SumTerm<AffinePoint<TField, TCurve>>> terms, CancellationToken cancellationToken)
        where TDevice : unmanaged, IDeviceField<TDevice>
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var sum = CurvePoint<TField, TCurve>.Infinity;
        foreach (var term in terms)
        {
            var table = OwnedHandle.Of<GpuPointTable<TDevice, TField, TCurve>>(this, term.Bases);
            var own = Own(term.Scalars);
            BackendArgument.RequireScalars(term);
            var values = new Fr[own.Count];
            Download(own, values);
            sum += msm.Sum(table, values.AsMemory(term.First), cancellationToken);
        }

        return sum;
    }
}
