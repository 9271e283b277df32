using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.IR.Intrinsics;
using ILGPU.Runtime.Cuda;
using Prover.Algebra;

namespace Prover.Backends.Gpu;

/// <summary>An element of a prime field as a device computes with it: the Montgomery form of <c>PrimeField</c> in eight 32-bit limbs.</summary>
/// <remarks>
/// The 32 bytes are the same as the host's, so buffers are copied as they are. ILGPU replaces the operations where it translates a kernel:
/// for CUDA by <see cref="Ptx.FieldCode"/>, for OpenCL by the portable ones. As ordinary methods, on the CPU, they are the portable ones too;
/// the other way of the condition is what ILGPU keeps of them in PTX that no longer calls them.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct DeviceField<TModulus> : IDeviceField<DeviceField<TModulus>>
    where TModulus : struct, IModulus
{
    /// <summary>Words of an element.</summary>
    public const int Words = 8;

    private readonly uint _l0, _l1, _l2, _l3, _l4, _l5, _l6, _l7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DeviceField(uint l0, uint l1, uint l2, uint l3, uint l4, uint l5, uint l6, uint l7)
    {
        _l0 = l0;
        _l1 = l1;
        _l2 = l2;
        _l3 = l3;
        _l4 = l4;
        _l5 = l5;
        _l6 = l6;
        _l7 = l7;
    }

    private static uint P0 => (uint)TModulus.P0;

    private static uint P1 => (uint)(TModulus.P0 >> 32);

    private static uint P2 => (uint)TModulus.P1;

    private static uint P3 => (uint)(TModulus.P1 >> 32);

    private static uint P4 => (uint)TModulus.P2;

    private static uint P5 => (uint)(TModulus.P2 >> 32);

    private static uint P6 => (uint)TModulus.P3;

    private static uint P7 => (uint)(TModulus.P3 >> 32);

    /// <inheritdoc/>
    /// <remarks>R mod p for R = 2²⁵⁶: since 5p &lt; R &lt; 6p for both primes, it is R − 5p, five times −p modulo 2²⁵⁶.</remarks>
    public static DeviceField<TModulus> One
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var carry = 5UL * ~P0 + 5;
            var l0 = (uint)carry;
            carry = (carry >> 32) + 5UL * ~P1;
            var l1 = (uint)carry;
            carry = (carry >> 32) + 5UL * ~P2;
            var l2 = (uint)carry;
            carry = (carry >> 32) + 5UL * ~P3;
            var l3 = (uint)carry;
            carry = (carry >> 32) + 5UL * ~P4;
            var l4 = (uint)carry;
            carry = (carry >> 32) + 5UL * ~P5;
            var l5 = (uint)carry;
            carry = (carry >> 32) + 5UL * ~P6;
            var l6 = (uint)carry;
            carry = (carry >> 32) + 5UL * ~P7;
            return new(l0, l1, l2, l3, l4, l5, l6, (uint)carry);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(DeviceField<TModulus> a) => (a._l0 | a._l1 | a._l2 | a._l3 | a._l4 | a._l5 | a._l6 | a._l7) == 0;

    /// <summary>The element itself, of which <paramref name="a"/> is the Montgomery form, as eight words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceField<TModulus> ToCanonical(DeviceField<TModulus> a) => Multiply(a, new(1, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>Whether a &lt; b as eight words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsBelow(DeviceField<TModulus> a, DeviceField<TModulus> b)
    {
        var d = (ulong)a._l0 - b._l0;
        d = (ulong)a._l1 - b._l1 - (d >> 63);
        d = (ulong)a._l2 - b._l2 - (d >> 63);
        d = (ulong)a._l3 - b._l3 - (d >> 63);
        d = (ulong)a._l4 - b._l4 - (d >> 63);
        d = (ulong)a._l5 - b._l5 - (d >> 63);
        d = (ulong)a._l6 - b._l6 - (d >> 63);
        d = (ulong)a._l7 - b._l7 - (d >> 63);
        return d >> 63 != 0;
    }

    /// <summary>Whether the eight words are the number 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsUnit(DeviceField<TModulus> a) => ((a._l0 ^ 1) | a._l1 | a._l2 | a._l3 | a._l4 | a._l5 | a._l6 | a._l7) == 0;

    /// <summary>Reads word k from words[k·stride + index].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceField<TModulus> Gather(ArrayView<uint> words, int index, int stride) => new(
        words[index],
        words[stride + index],
        words[2 * stride + index],
        words[3 * stride + index],
        words[4 * stride + index],
        words[5 * stride + index],
        words[6 * stride + index],
        words[7 * stride + index]);

    /// <summary>Writes word k, masked, to words[k·stride + index], with <paramref name="sign"/> added to the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Scatter(ArrayView<uint> words, int index, int stride, uint mask, uint sign)
    {
        words[index] = _l0 & mask;
        words[stride + index] = _l1 & mask;
        words[2 * stride + index] = _l2 & mask;
        words[3 * stride + index] = _l3 & mask;
        words[4 * stride + index] = _l4 & mask;
        words[5 * stride + index] = _l5 & mask;
        words[6 * stride + index] = _l6 & mask;
        words[7 * stride + index] = (_l7 & mask) | sign;
    }

    /// <inheritdoc/>
    [IntrinsicImplementation]
    public static DeviceField<TModulus> Add(DeviceField<TModulus> a, DeviceField<TModulus> b) =>
        CudaAsm.IsSupported ? default : AddPortably(a, b);

    /// <inheritdoc/>
    [IntrinsicImplementation]
    public static DeviceField<TModulus> Subtract(DeviceField<TModulus> a, DeviceField<TModulus> b) =>
        CudaAsm.IsSupported ? default : SubtractPortably(a, b);

    /// <inheritdoc/>
    [IntrinsicImplementation]
    public static DeviceField<TModulus> Multiply(DeviceField<TModulus> a, DeviceField<TModulus> b) =>
        CudaAsm.IsSupported ? default : MultiplyPortably(a, b);

    /// <inheritdoc/>
    [IntrinsicImplementation]
    public static DeviceField<TModulus> Square(DeviceField<TModulus> a) =>
        CudaAsm.IsSupported ? default : SquarePortably(a);

    /// <inheritdoc/>
    [IntrinsicImplementation]
    public static DeviceField<TModulus> SumOfProducts(
        DeviceField<TModulus> a, DeviceField<TModulus> b, DeviceField<TModulus> c, DeviceField<TModulus> d) =>
        CudaAsm.IsSupported ? default : SumOfProductsPortably(a, b, c, d);
}
