using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>A vector on the device, in natural order or, between two transforms, with the bits of its indices reversed.</summary>
/// <remarks>Between calls of the backend nothing that was launched is still at work on it.</remarks>
/// <param name="owner">The backend that made it.</param>
/// <param name="pool">Where its memory comes from, and what it goes back to.</param>
/// <param name="count">Number of elements.</param>
/// <param name="capacity">For how many there is room.</param>
internal sealed class GpuFieldVector(IProverBackend owner, VectorPool pool, int count, int capacity) : OwnedHandle(owner, count), IFieldVector
{
    private readonly DeviceArray<Element> _elements = pool.Rent(capacity);

    /// <summary>The elements as they lie.</summary>
    public ArrayView<Element> View => _elements.Take(Count);

    /// <summary>The elements and what room there is behind them.</summary>
    public ArrayView<Element> Room => _elements.Take(capacity);

    /// <summary>Whether element i lies at the reversal of i.</summary>
    public bool IsBitReversed { get; set; }

    /// <summary>Held by whoever brings the elements to natural order.</summary>
    public Lock Reordering { get; } = new();

    /// <inheritdoc/>
    protected override void Release() => pool.Return(capacity, _elements);
}
