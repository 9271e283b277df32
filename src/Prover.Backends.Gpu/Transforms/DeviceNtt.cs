using System.Numerics;
using ILGPU;
using ILGPU.Runtime;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>Transforms of vectors on the device, several stages a launch; the order of elements is kept as a state, as on the CPU.</summary>
internal sealed class DeviceNtt : IDisposable
{
    /// <summary>A tile of 32 KiB, of which several fit a multiprocessor's shared memory.</summary>
    private const int MostTileBits = 10;

    private const int LargestGroup = 256;

    private readonly DeviceMemory _memory;
    private readonly VectorPool _vectors;
    private readonly int _group;
    private readonly DomainCache _domains;
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>, TransformPass> _pass;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, int, int> _shift;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int> _reverse;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>> _multiply;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>> _multiplySubtract;

    public DeviceNtt(DeviceMemory memory, VectorPool vectors)
    {
        (_memory, _vectors) = (memory, vectors);
        _domains = new DomainCache(memory);
        var accelerator = memory.Accelerator;
        _group = Math.Min(LargestGroup, accelerator.MaxNumThreadsPerGroup);
        TileBits = Math.Min(MostTileBits, BitOperations.Log2((uint)_group) + 2);
        _pass = accelerator.LoadKernel<ArrayView<Element>, ArrayView<Element>, ArrayView<Element>, TransformPass>(TransformKernels.Pass);
        _shift = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, int, int>(TransformKernels.ShiftToOddCoset);
        _reverse = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int>(TransformKernels.ReverseOrder);
        _multiply = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>>(TransformKernels.Multiply);
        _multiplySubtract = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>>(TransformKernels.MultiplySubtract);
    }

    /// <summary>log₂ of how many elements go through one launch together; shorter vectors take one.</summary>
    public int TileBits { get; }

    /// <summary>Transforms the vector in place and leaves it in the other order.</summary>
    public void Apply(AcceleratorStream stream, Transform transform, GpuFieldVector vector, int logSize)
    {
        var tables = _domains.TablesFor(logSize);
        var plan = new TransformPlan(logSize, TileBits);
        var elements = vector.View;
        var direction = transform == Transform.Interpolate ? TransformPass.Inverse : TransformPass.Forward;
        var factors = transform == Transform.Interpolate ? TransformPass.OneFactor : TransformPass.None;
        if (transform == Transform.EvaluateOnOddCoset)
            _shift(stream, vector.Count, elements, DomainCache.Roots(tables, logSize), logSize, vector.IsBitReversed ? 1 : 0);

        if (vector.IsBitReversed)
            FromReversed(stream, plan, tables, elements, plan.Low(TransformPass.None, factors, direction), tables.SizeInverse.Take(1));
        else
            ToReversed(stream, plan, tables, elements, plan.Low(direction, factors, TransformPass.None), tables.SizeInverse.Take(1));

        vector.IsBitReversed = !vector.IsBitReversed;
    }

    /// <summary>a becomes the values of A·B − C on the odd coset, b is used up.</summary>
    public void Quotient(AcceleratorStream stream, GpuFieldVector a, GpuFieldVector b, int logSize)
    {
        var product = RentProduct(a.Count);
        try
        {
            Quotient(stream, a, b, product.Take(a.Count), logSize);
        }
        finally
        {
            _vectors.Return(a.Count, product);
        }
    }

    /// <summary>a ← a∘b − c.</summary>
    public void MultiplySubtract(AcceleratorStream stream, GpuFieldVector a, GpuFieldVector b, GpuFieldVector c) =>
        _multiplySubtract(stream, a.Count, InNaturalOrder(stream, a), InNaturalOrder(stream, b), InNaturalOrder(stream, c));

    /// <summary>The elements of a vector, brought to natural order.</summary>
    public ArrayView<Element> InNaturalOrder(AcceleratorStream stream, GpuFieldVector vector)
    {
        if (vector.IsBitReversed)
            _reverse(stream, vector.Count, vector.View, BitOperations.Log2((uint)vector.Count));

        vector.IsBitReversed = false;
        return vector.View;
    }

    /// <inheritdoc/>
    public void Dispose() => _domains.Dispose();

    private void Quotient(AcceleratorStream stream, GpuFieldVector a, GpuFieldVector b, ArrayView<Element> c, int logSize)
    {
        var tables = _domains.TablesFor(logSize);
        var plan = new TransformPlan(logSize, TileBits);
        var (left, right) = (InNaturalOrder(stream, a), InNaturalOrder(stream, b));
        _multiply(stream, a.Count, left, right, c);
        ToOddCoset(stream, plan, tables, left);
        ToOddCoset(stream, plan, tables, right);
        ToOddCoset(stream, plan, tables, c);
        _multiplySubtract(stream, a.Count, left, right, c);
        stream.Synchronize();
    }

    /// <summary>From values on the domain to values on the odd coset, with the lowest stages of both ways in one launch.</summary>
    private void ToOddCoset(AcceleratorStream stream, TransformPlan plan, DomainTables tables, ArrayView<Element> elements)
    {
        var shifts = tables.Shifts.Take(elements.Length);
        foreach (var pass in plan.High(TransformPass.Inverse, TransformPass.None).Reverse())
        {
            Launch(stream, plan, pass, tables, elements, shifts);
        }

        FromReversed(stream, plan, tables, elements, plan.Low(TransformPass.Inverse, TransformPass.FactorEach, TransformPass.Forward), shifts);
    }

    private void ToReversed(
        AcceleratorStream stream, TransformPlan plan, DomainTables tables, ArrayView<Element> elements, TransformPass low, ArrayView<Element> factors)
    {
        foreach (var pass in plan.High(low.Frequency, TransformPass.None).Reverse())
        {
            Launch(stream, plan, pass, tables, elements, factors);
        }

        Launch(stream, plan, low, tables, elements, factors);
    }

    private void FromReversed(
        AcceleratorStream stream, TransformPlan plan, DomainTables tables, ArrayView<Element> elements, TransformPass low, ArrayView<Element> factors)
    {
        Launch(stream, plan, low, tables, elements, factors);
        foreach (var pass in plan.High(TransformPass.None, low.Time))
        {
            Launch(stream, plan, pass, tables, elements, factors);
        }
    }

    private void Launch(
        AcceleratorStream stream, TransformPlan plan, TransformPass pass, DomainTables tables, ArrayView<Element> elements, ArrayView<Element> factors)
    {
        var config = new KernelConfig(plan.Tiles, _group, SharedMemoryConfig.RequestDynamic<uint>(Element.Words * plan.TileSize));
        _pass(stream, config, elements, DomainCache.Roots(tables, plan.LogSize), factors, pass);
    }

    private DeviceArray<Element> RentProduct(int length)
    {
        try
        {
            return _vectors.Rent(length);
        }
        catch (DeviceMemoryException)
        {
            throw DomainCache.Shortage(_memory, $"A quotient of {length:N0} elements", length);
        }
    }
}
