using Prover.Algebra;

namespace Prover.Backends.Gpu;

/// <summary>A table of points on the device.</summary>
internal sealed class GpuPointTable<TDevice, TField, TCurve>(
    IProverBackend owner, DeviceArray<DeviceAffine<TDevice>> resident, ReadOnlyMemory<AffinePoint<TField, TCurve>> points)
    : OwnedHandle(owner, points.Length), IPointTable<AffinePoint<TField, TCurve>>
    where TDevice : unmanaged, IDeviceField<TDevice>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>The points on the device.</summary>
    public DeviceArray<DeviceAffine<TDevice>> Resident { get; } = resident;

    /// <summary>Which of them are not at infinity.</summary>
    public FinitePoints Finite { get; } = FinitePoints.Of(points, Environment.ProcessorCount);

    protected override void Release() => Resident.Dispose();
}
