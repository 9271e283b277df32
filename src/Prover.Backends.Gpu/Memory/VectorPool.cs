using System.Collections.Concurrent;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>The memory of vectors that are gone, for others of the same length: the whole device waits when memory is freed, other proofs included.</summary>
internal sealed class VectorPool : IDisposable
{
    private readonly DeviceMemory _memory;
    private readonly ConcurrentDictionary<long, ConcurrentBag<DeviceArray<Element>>> _idle = [];

    /// <summary>Vectors in a device's memory; what is idle is freed when that is short.</summary>
    public VectorPool(DeviceMemory memory)
    {
        _memory = memory;
        memory.WhenShort(Dispose);
    }

    /// <summary>Memory for so many elements, which hold anything.</summary>
    /// <exception cref="DeviceMemoryException">There is not so much.</exception>
    public DeviceArray<Element> Rent(long length)
    {
        if (_idle.TryGetValue(length, out var idle) && idle.TryTake(out var array))
            return array;

        array = new(_memory);
        array.Take(length);
        return array;
    }

    /// <summary>Takes back what was rented for so many elements, once nothing on the device uses it any more.</summary>
    public void Return(long length, DeviceArray<Element> array) => _idle.GetOrAdd(length, _ => []).Add(array);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var idle in _idle.Values)
        {
            while (idle.TryTake(out var array))
            {
                array.Dispose();
            }
        }
    }
}
