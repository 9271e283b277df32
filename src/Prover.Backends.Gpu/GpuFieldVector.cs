using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>A vector on the device, in natural order or, between two transforms, with the bits of its indices reversed.</summary>
/// <remarks>Between calls of the backend nothing that was launched is still at work on it.</remarks>
internal sealed class GpuFieldVector(IProverBackend owner, DeviceArray<Element> elements, int count) : OwnedHandle(owner, count), IFieldVector
{
    /// <summary>The elements as they lie.</summary>
    public ArrayView<Element> View => elements.Take(Count);

    /// <summary>Whether element i lies at the reversal of i.</summary>
    public bool IsBitReversed { get; set; }

    /// <summary>Held by whoever brings the elements to natural order.</summary>
    public Lock Reordering { get; } = new();

    /// <inheritdoc/>
    protected override void Release() => elements.Dispose();
}
