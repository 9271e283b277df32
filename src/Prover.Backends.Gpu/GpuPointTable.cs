using Prover.Algebra;

namespace Prover.Backends.Gpu;

/// <summary>A table of points on the device; the host's own is kept to know which of them are at infinity.</summary>
internal sealed class GpuPointTable<TDevice, TField, TCurve>(
    IProverBackend owner, DeviceArray<DeviceAffine<TDevice>> resident, ReadOnlyMemory<AffinePoint<TField, TCurve>> points)
    : OwnedHandle(owner, points.Length), IPointTable<AffinePoint<TField, TCurve>>
    where TDevice : unmanaged, IDeviceField<TDevice>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>The points on the device.</summary>
    public DeviceArray<DeviceAffine<TDevice>> Resident { get; } = resident;

    /// <summary>The points where the caller has them.</summary>
    public ReadOnlyMemory<AffinePoint<TField, TCurve>> Points { get; } = points;

    protected override void Release() => Resident.Dispose();
}
