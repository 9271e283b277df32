using ILGPU;
using ILGPU.Runtime;
using Prover.Algebra;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>The tables of each length of transforms that was asked for, made once.</summary>
internal sealed class DomainCache : IDisposable
{
    private readonly DeviceMemory _memory;
    private readonly Lock _gate = new();
    private readonly Dictionary<int, DomainTables> _tables = [];
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int, ArrayView<Element>> _extend;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, int> _fillRoots;
    private readonly Action<AcceleratorStream, Index1D, ArrayView<Element>, ArrayView<Element>, int, ArrayView<Element>> _fillShifts;

    public DomainCache(DeviceMemory memory)
    {
        _memory = memory;
        var accelerator = memory.Accelerator;
        _extend = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int, ArrayView<Element>>(TransformKernels.Extend);
        _fillRoots = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, int>(TransformKernels.FillRoots);
        _fillShifts = accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<Element>, ArrayView<Element>, int, ArrayView<Element>>(TransformKernels.FillShifts);
    }

    /// <summary>The tables of transforms of 2^<paramref name="logSize"/> elements.</summary>
    /// <exception cref="DeviceMemoryException">The device has no room for them.</exception>
    /// <exception cref="DeviceLostException">It made wrong ones.</exception>
    public DomainTables TablesFor(int logSize)
    {
        lock (_gate)
        {
            if (!_tables.TryGetValue(logSize, out var tables))
                _tables.Add(logSize, tables = Build(logSize));

            return tables;
        }
    }

    /// <summary>The roots of tables of that length.</summary>
    public static ArrayView<Element> Roots(DomainTables tables, int logSize) => tables.Roots.Take(2L << logSize);

    /// <summary>What is said of a device that has no room for so many elements.</summary>
    public static DeviceMemoryException Shortage(DeviceMemory memory, string purpose, long elements) =>
        new(memory.Accelerator.Name, purpose, elements * Interop.SizeOf<Element>(), memory.Free);

    /// <summary>Whether some entries of tables are what they should be, since a wrong one would spoil every proof from now on.</summary>
    public static bool AreRight(AcceleratorStream stream, DomainTables tables, EvaluationDomain domain)
    {
        var (size, roots, shifts) = (domain.Size, Roots(tables, domain.LogSize), tables.Shifts.Take(domain.Size));
        foreach (var j in (ReadOnlySpan<int>)[0, 1 % size, size / 3, size / 2, size - 1])
        {
            var power = domain.OddCosetShift.Power(j);
            var isRight = Read(roots, size + j) == power
                && Read(shifts, BitReversal.Of(j, domain.LogSize)) == power * domain.SizeInverse
                && (j % 2 != 0 || size == 1 || Read(roots, size / 2 + j / 2) == power);
            if (!isRight)
                return false;
        }

        return true;

        Fr Read(ArrayView<Element> table, int index)
        {
            var value = new Fr[1];
            table.SubView(index, 1).Read<Element, Fr>(stream, value);
            return value[0];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tables in _tables.Values)
        {
            tables.Dispose();
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
            return AreRight(stream, tables, domain) ? tables : throw new DeviceLostException($"{_memory.Accelerator.Name} computed wrong roots of unity.");
        }
        catch (DeviceMemoryException)
        {
            tables.Dispose();
            throw Shortage(_memory, $"A transform of {1 << logSize:N0} elements", 3L << logSize);
        }
        catch
        {
            tables.Dispose();
            throw;
        }
    }
}
