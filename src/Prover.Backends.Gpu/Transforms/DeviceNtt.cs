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
    private readonly Lock _gate = new();
    private readonly Dictionary<int, DomainTables> _tables = [];
    private readonly Action<AcceleratorStream, KernelConfig, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>, TransformPass> _pass;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, int, int> _shift;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int> _reverse;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>> _multiply;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>> _multiplySubtract;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int, ArrayView<Element>> _extend;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int> _fillRoots;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, int, ArrayView<Element>> _fillShifts;

    public DeviceNtt(DeviceMemory memory, VectorPool vectors)
    {
        (_memory, _vectors) = (memory, vectors);
        var accelerator = memory.Accelerator;
        _group = Math.Min(LargestGroup, accelerator.MaxNumThreadsPerGroup);
        TileBits = Math.Min(MostTileBits, BitOperations.Log2((uint)_group) + 2);
        _pass = accelerator.LoadKernel<ArrayView<Element>, ArrayView<Element>, ArrayView<Element>, TransformPass>(TransformKernels.Pass);
        _shift = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, int, int>(TransformKernels.ShiftToOddCoset);
        _reverse = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int>(TransformKernels.ReverseOrder);
        _multiply = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>>(TransformKernels.Multiply);
        _multiplySubtract = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, ArrayView<Element>>(TransformKernels.MultiplySubtract);
        _extend = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int, ArrayView<Element>>(TransformKernels.Extend);
        _fillRoots = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int>(TransformKernels.FillRoots);
        _fillShifts = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, int, ArrayView<Element>>(TransformKernels.FillShifts);
    }

    /// <summary>log₂ of how many elements go through one launch together; shorter vectors take one.</summary>
    public int TileBits { get; }

    /// <summary>Transforms the vector in place and leaves it in the other order.</summary>
    public void Apply(AcceleratorStream stream, Transform transform, GpuFieldVector vector, int logSize)
    {
        var tables = TablesFor(logSize);
        var plan = new TransformPlan(logSize, TileBits);
        var elements = vector.View;
        var direction = transform == Transform.Interpolate ? TransformPass.Inverse : TransformPass.Forward;
        var factors = transform == Transform.Interpolate ? TransformPass.OneFactor : TransformPass.None;
        if (transform == Transform.EvaluateOnOddCoset)
            _shift(stream, vector.Count, elements, Roots(tables, logSize), logSize, vector.IsBitReversed ? 1 : 0);

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
    public void Dispose()
    {
        foreach (var tables in _tables.Values)
        {
            tables.Dispose();
        }
    }

    private void Quotient(AcceleratorStream stream, GpuFieldVector a, GpuFieldVector b, ArrayView<Element> c, int logSize)
    {
        var tables = TablesFor(logSize);
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
        _pass(stream, config, elements, Roots(tables, plan.LogSize), factors, pass);
    }

    /// <summary>Looks at some entries of tables, since a wrong one would spoil every proof from now on.</summary>
    private void RequireRight(AcceleratorStream stream, DomainTables tables, EvaluationDomain domain)
    {
        var (size, roots, shifts) = (domain.Size, Roots(tables, domain.LogSize), tables.Shifts.Take(domain.Size));
        foreach (var j in (ReadOnlySpan<int>)[0, 1 % size, size / 3, size / 2, size - 1])
        {
            var power = domain.OddCosetShift.Power(j);
            var reversed = BitReversal.Of(j, domain.LogSize);
            var isRight = Read(roots, size + j) == power
                && Read(shifts, reversed) == power * domain.SizeInverse
                && (j % 2 != 0 || size == 1 || Read(roots, size / 2 + j / 2) == power);
            if (!isRight)
                throw new DeviceLostException($"{_memory.Accelerator.Name} computed wrong roots of unity.");
        }

        Fr Read(ArrayView<Element> table, int index)
        {
            var value = new Fr[1];
            table.SubView(index, 1).Read<Element, Fr>(stream, value);
            return value[0];
        }
    }

    private DeviceArray<Element> RentProduct(int length)
    {
        try
        {
            return _vectors.Rent(length);
        }
        catch (DeviceMemoryException)
        {
            throw Shortage($"A quotient of {length:N0} elements", length);
        }
    }

    private DeviceMemoryException Shortage(string purpose, long elements) =>
        new(_memory.Accelerator.Name, purpose, elements * Interop.SizeOf<Element>(), _memory.Free);

    private static ArrayView<Element> Roots(DomainTables tables, int logSize) => tables.Roots.Take(2L << logSize);

    private DomainTables TablesFor(int logSize)
    {
        lock (_gate)
        {
            if (!_tables.TryGetValue(logSize, out var tables))
                _tables.Add(logSize, tables = Build(logSize));

            return tables;
        }
    }

    private DomainTables Build(int logSize)
    {
        var domain = new EvaluationDomain(logSize);
        var tables = new DomainTables(new(_memory), new(_memory), new(_memory));
        try
        {
            using var stream = _memory.Accelerator.CreateStream();
            using var factor = new DeviceArray<Element>(_memory);
            var (size, roots, shifts) = (1 << logSize, Roots(tables, logSize), tables.Shifts.Take(1 << logSize));
            var powers = roots.SubView(size, size);
            powers.SubView(0, 1).CopyFrom(stream, factor.Write<Fr>(stream, [Fr.One]));
            var next = domain.OddCosetShift;
            for (var known = 1; known < size; known *= 2)
            {
                _extend(stream, known, powers, known, factor.Write<Fr>(stream, [next]));
                next = next.Square();
            }

            var inverse = tables.SizeInverse.Write<Fr>(stream, [domain.SizeInverse]);
            _fillRoots(stream, size, roots, logSize);
            _fillShifts(stream, size, shifts, roots, logSize, inverse);
            stream.Synchronize();
            RequireRight(stream, tables, domain);
            return tables;
        }
        catch (DeviceMemoryException)
        {
            tables.Dispose();
            throw Shortage($"A transform of {1 << logSize:N0} elements", 3L << logSize);
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }
}
