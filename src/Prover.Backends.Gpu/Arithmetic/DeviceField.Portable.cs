using System.Runtime.CompilerServices;

namespace Prover.Backends.Gpu;

/// <summary>The operations in plain C#, for devices that no machine code is written for.</summary>
/// <remarks>
/// Devices multiply 32-bit words natively; a product and two more words fit 64 bits: (2³² − 1)² + 2(2³² − 1) = 2⁶⁴ − 1. Loops would not be
/// unrolled, so nothing here loops.
/// </remarks>
public readonly partial struct DeviceField<TModulus>
{
    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceField<TModulus> AddPortably(DeviceField<TModulus> a, DeviceField<TModulus> b)
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

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceField<TModulus> SubtractPortably(DeviceField<TModulus> a, DeviceField<TModulus> b)
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

    /// <summary>a·b.</summary>
    /// <remarks>Montgomery multiplication as in <c>PrimeField</c>, in eight rounds.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceField<TModulus> MultiplyPortably(DeviceField<TModulus> a, DeviceField<TModulus> b)
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

    /// <summary>a².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceField<TModulus> SquarePortably(DeviceField<TModulus> a) => MultiplyPortably(a, a);

    /// <summary>a·b + c·d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DeviceField<TModulus> SumOfProductsPortably(
        DeviceField<TModulus> a, DeviceField<TModulus> b, DeviceField<TModulus> c, DeviceField<TModulus> d) =>
        AddPortably(MultiplyPortably(a, b), MultiplyPortably(c, d));

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
