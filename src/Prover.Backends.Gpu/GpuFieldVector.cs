using ILGPU.Runtime;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>A vector on the device, in natural order or, between two transforms, with the bits of its indices reversed.</summary>
internal sealed class GpuFieldVector(IProverBackend owner, DeviceArray<Element> elements, int count) : OwnedHandle(owner, count), IFieldVector
{
    /// <summary>The elements as they lie.</summary>
    public DeviceArray<Element> Elements { get; } = elements;

    /// <summary>Whether element i lies at the reversal of i.</summary>
    public bool IsBitReversed { get; set; }

    protected override void Release() => Elements.Dispose();
}
