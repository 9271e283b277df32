using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Prover.Backends.Gpu;

/// <summary>An affine point on a device, (0, 0) being infinity; in memory as the host's <c>AffinePoint</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DeviceAffine<TField>
    where TField : unmanaged, IDeviceField<TField>
{
    /// <summary>A point from its coordinates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceAffine(TField x, TField y)
    {
        X = x;
        Y = y;
    }

    /// <summary>Abscissa.</summary>
    public readonly TField X;

    /// <summary>Ordinate.</summary>
    public readonly TField Y;
}
