using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU.IR.Intrinsics;
using ILGPU.Runtime.Cuda;
using Prover.Algebra;

namespace Prover.Backends.Gpu;

/// <summary>An element c₀ + c₁·u of Fq2 on a device, in memory as the host's.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DeviceFq2 : IDeviceField<DeviceFq2>
{
    private readonly DeviceField<BaseModulus> _c0, _c1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DeviceFq2(DeviceField<BaseModulus> c0, DeviceField<BaseModulus> c1)
    {
        _c0 = c0;
        _c1 = c1;
    }

    /// <inheritdoc/>
    public static DeviceFq2 One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(DeviceField<BaseModulus>.One, default);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFq2 Add(DeviceFq2 a, DeviceFq2 b) =>
        new(DeviceField<BaseModulus>.Add(a._c0, b._c0), DeviceField<BaseModulus>.Add(a._c1, b._c1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFq2 Subtract(DeviceFq2 a, DeviceFq2 b) =>
        new(DeviceField<BaseModulus>.Subtract(a._c0, b._c0), DeviceField<BaseModulus>.Subtract(a._c1, b._c1));

    /// <inheritdoc/>
    /// <remarks>Kept out of line: inlined into a point addition the code would not fit a device's instruction cache.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DeviceFq2 Multiply(DeviceFq2 a, DeviceFq2 b) => Product(a, b);

    /// <inheritdoc/>
    /// <remarks>(c₀ + c₁)·(c₀ − c₁) + 2c₀c₁·u.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static DeviceFq2 Square(DeviceFq2 a)
    {
        var half = DeviceField<BaseModulus>.Multiply(a._c0, a._c1);
        return new(
            DeviceField<BaseModulus>.Multiply(DeviceField<BaseModulus>.Add(a._c0, a._c1), DeviceField<BaseModulus>.Subtract(a._c0, a._c1)),
            DeviceField<BaseModulus>.Add(half, half));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceFq2 SumOfProducts(DeviceFq2 a, DeviceFq2 b, DeviceFq2 c, DeviceFq2 d) => Add(Multiply(a, b), Multiply(c, d));

    /// <summary>a·b, as <see cref="DeviceField{TModulus}"/>'s operations replaced where ILGPU translates a kernel.</summary>
    [IntrinsicImplementation]
    internal static DeviceFq2 Product(DeviceFq2 a, DeviceFq2 b) => CudaAsm.IsSupported ? default : ProductPortably(a, b);

    /// <summary>a·b, three products by Karatsuba.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceFq2 ProductPortably(DeviceFq2 a, DeviceFq2 b)
    {
        var real = DeviceField<BaseModulus>.MultiplyPortably(a._c0, b._c0);
        var imaginary = DeviceField<BaseModulus>.MultiplyPortably(a._c1, b._c1);
        var cross = DeviceField<BaseModulus>.MultiplyPortably(
            DeviceField<BaseModulus>.AddPortably(a._c0, a._c1), DeviceField<BaseModulus>.AddPortably(b._c0, b._c1));
        return new(
            DeviceField<BaseModulus>.SubtractPortably(real, imaginary),
            DeviceField<BaseModulus>.SubtractPortably(DeviceField<BaseModulus>.SubtractPortably(cross, real), imaginary));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(DeviceFq2 a) => DeviceField<BaseModulus>.IsZero(a._c0) && DeviceField<BaseModulus>.IsZero(a._c1);
}
