using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>What transforms of one length read besides the vector. Everything lies on the device, where it is made.</summary>
/// <param name="Roots">Laid out as in <see cref="ButterflyRoots"/>.</param>
/// <param name="Shifts">gⁱ/n at the reversal of i.</param>
/// <param name="SizeInverse">1/n.</param>
internal sealed record DomainTables(DeviceArray<Element> Roots, DeviceArray<Element> Shifts, DeviceArray<Element> SizeInverse) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Roots.Dispose();
        Shifts.Dispose();
        SizeInverse.Dispose();
    }
}
