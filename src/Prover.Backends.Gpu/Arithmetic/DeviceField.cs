using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Prover.Algebra;

namespace Prover.Backends.Gpu;

/// <summary>An element of a prime field as a device computes with it: the Montgomery form of <c>PrimeField</c> in eight 32-bit limbs.</summary>
/// <remarks>
/// The 32 bytes are the same as the host's, so buffers are copied as they are. Devices multiply 32-bit words natively; a product and two
/// more words fit 64 bits: (2³² − 1)² + 2(2³² − 1) = 2⁶⁴ − 1. Loops would not be unrolled, so nothing here loops.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct DeviceField<TModulus> : IDeviceField<DeviceField<TModulus>>
    where TModulus : struct, IModulus
{
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

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceField<TModulus> Add(DeviceField<TModulus> a, DeviceField<TModulus> b)
    {
        // Both are below p < 2²⁵⁴, so the sum cannot carry out of 256 bits.
        var s0 = (ulong)a._l0 + b._l0;
        var s1 = (ulong)a._l1 + b._l1 + (s0 >> 32);
        var s2 = (ulong)a._l2 + b._l2 + (s1 >> 32);
        var s3 = (ulong)a._l3 + b._l3 + (s2 >> 32);
        var s4 = (ulong)a._l4 + b._l4 + (s3 >> 32);
        var s5 = (ulong)a._l5 + b._l5 + (s4 >> 32);
        var s6 = (ulong)a._l6 + b._l6 + (s5 >> 32);
        var s7 = (ulong)a._l7 + b._l7 + (s6 >> 32);
        return ReduceOnce(new((uint)s0, (uint)s1, (uint)s2, (uint)s3, (uint)s4, (uint)s5, (uint)s6, (uint)s7));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceField<TModulus> Subtract(DeviceField<TModulus> a, DeviceField<TModulus> b)
    {
        // The upper half of each difference is all ones exactly if the limbs so far borrow.
        var d0 = (ulong)a._l0 - b._l0;
        var d1 = (ulong)a._l1 - b._l1 - (d0 >> 63);
        var d2 = (ulong)a._l2 - b._l2 - (d1 >> 63);
        var d3 = (ulong)a._l3 - b._l3 - (d2 >> 63);
        var d4 = (ulong)a._l4 - b._l4 - (d3 >> 63);
        var d5 = (ulong)a._l5 - b._l5 - (d4 >> 63);
        var d6 = (ulong)a._l6 - b._l6 - (d5 >> 63);
        var d7 = (ulong)a._l7 - b._l7 - (d6 >> 63);
        var mask = (uint)(d7 >> 32);
        var s0 = (ulong)(uint)d0 + (P0 & mask);
        var s1 = (ulong)(uint)d1 + (P1 & mask) + (s0 >> 32);
        var s2 = (ulong)(uint)d2 + (P2 & mask) + (s1 >> 32);
        var s3 = (ulong)(uint)d3 + (P3 & mask) + (s2 >> 32);
        var s4 = (ulong)(uint)d4 + (P4 & mask) + (s3 >> 32);
        var s5 = (ulong)(uint)d5 + (P5 & mask) + (s4 >> 32);
        var s6 = (ulong)(uint)d6 + (P6 & mask) + (s5 >> 32);
        var s7 = (ulong)(uint)d7 + (P7 & mask) + (s6 >> 32);
        return new((uint)s0, (uint)s1, (uint)s2, (uint)s3, (uint)s4, (uint)s5, (uint)s6, (uint)s7);
    }

    /// <inheritdoc/>
    /// <remarks>Montgomery multiplication as in <c>PrimeField</c>, in eight rounds.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DeviceField<TModulus> Multiply(DeviceField<TModulus> a, DeviceField<TModulus> b)
    {
        var t = MultiplyRound(a._l0, b, default);
        t = MultiplyRound(a._l1, b, t);
        t = MultiplyRound(a._l2, b, t);
        t = MultiplyRound(a._l3, b, t);
        t = MultiplyRound(a._l4, b, t);
        t = MultiplyRound(a._l5, b, t);
        t = MultiplyRound(a._l6, b, t);
        t = MultiplyRound(a._l7, b, t);
        return ReduceOnce(t);
    }

    /// <summary>(t + x·b + m·p) / 2³² with m chosen so that the division is exact; below 2p if t is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DeviceField<TModulus> MultiplyRound(uint x, DeviceField<TModulus> b, DeviceField<TModulus> t)
    {
        var product = (ulong)x * b._l0 + t._l0;
        var m = (uint)product * (uint)TModulus.NegativeInverse;
        var reduced = (ulong)m * P0 + (uint)product;

        product = (ulong)x * b._l1 + t._l1 + (product >> 32);
        reduced = (ulong)m * P1 + (uint)product + (reduced >> 32);
        var l0 = (uint)reduced;
        product = (ulong)x * b._l2 + t._l2 + (product >> 32);
        reduced = (ulong)m * P2 + (uint)product + (reduced >> 32);
        var l1 = (uint)reduced;
        product = (ulong)x * b._l3 + t._l3 + (product >> 32);
        reduced = (ulong)m * P3 + (uint)product + (reduced >> 32);
        var l2 = (uint)reduced;
        product = (ulong)x * b._l4 + t._l4 + (product >> 32);
        reduced = (ulong)m * P4 + (uint)product + (reduced >> 32);
        var l3 = (uint)reduced;
        product = (ulong)x * b._l5 + t._l5 + (product >> 32);
        reduced = (ulong)m * P5 + (uint)product + (reduced >> 32);
        var l4 = (uint)reduced;
        product = (ulong)x * b._l6 + t._l6 + (product >> 32);
        reduced = (ulong)m * P6 + (uint)product + (reduced >> 32);
        var l5 = (uint)reduced;
        product = (ulong)x * b._l7 + t._l7 + (product >> 32);
        reduced = (ulong)m * P7 + (uint)product + (reduced >> 32);
        return new(l0, l1, l2, l3, l4, l5, (uint)reduced, (uint)((product >> 32) + (reduced >> 32)));
    }

    /// <summary>Subtracts p from a 256-bit value below 2p unless that would make it negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DeviceField<TModulus> ReduceOnce(DeviceField<TModulus> a)
    {
        var d0 = (ulong)a._l0 - P0;
        var d1 = (ulong)a._l1 - P1 - (d0 >> 63);
        var d2 = (ulong)a._l2 - P2 - (d1 >> 63);
        var d3 = (ulong)a._l3 - P3 - (d2 >> 63);
        var d4 = (ulong)a._l4 - P4 - (d3 >> 63);
        var d5 = (ulong)a._l5 - P5 - (d4 >> 63);
        var d6 = (ulong)a._l6 - P6 - (d5 >> 63);
        var d7 = (ulong)a._l7 - P7 - (d6 >> 63);
        return d7 >> 63 != 0 ? a : new((uint)d0, (uint)d1, (uint)d2, (uint)d3, (uint)d4, (uint)d5, (uint)d6, (uint)d7);
    }
}
