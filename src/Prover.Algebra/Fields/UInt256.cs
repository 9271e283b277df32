using System.Numerics;
using System.Runtime.CompilerServices;

namespace Prover.Algebra;

/// <summary>A mutable 256-bit integer for the extended Euclidean algorithm; overflow is the caller's to exclude.</summary>
internal struct UInt256(ulong l0, ulong l1, ulong l2, ulong l3)
{
    public ulong L0 = l0, L1 = l1, L2 = l2, L3 = l3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator <(in UInt256 a, in UInt256 b) =>
        a.L3 != b.L3 ? a.L3 < b.L3 : a.L2 != b.L2 ? a.L2 < b.L2 : a.L1 != b.L1 ? a.L1 < b.L1 : a.L0 < b.L0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator >(in UInt256 a, in UInt256 b) => b < a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in UInt256 other)
    {
        L0 = Limbs.Add(L0, other.L0, 0, out var carry);
        L1 = Limbs.Add(L1, other.L1, carry, out carry);
        L2 = Limbs.Add(L2, other.L2, carry, out carry);
        L3 = unchecked(L3 + other.L3 + carry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Subtract(in UInt256 other)
    {
        L0 = Limbs.Subtract(L0, other.L0, 0, out var borrow);
        L1 = Limbs.Subtract(L1, other.L1, borrow, out borrow);
        L2 = Limbs.Subtract(L2, other.L2, borrow, out borrow);
        L3 = unchecked(L3 - other.L3 - borrow);
    }

    /// <summary>Halves a non-zero integer until it is odd, doubles another one as often, and tells how often.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MoveFactorsOfTwo(ref UInt256 from, ref UInt256 to)
    {
        var total = 0;
        for (; from.L0 == 0; total += 64)
        {
            from = new UInt256(from.L1, from.L2, from.L3, 0);
            to = new UInt256(0, to.L0, to.L1, to.L2);
        }

        // Two shifts by at most 63 in place of one by 64 − count, since a shift by 64 is one by zero.
        var count = BitOperations.TrailingZeroCount(from.L0);
        var rest = 63 - count;
        from = new UInt256(
            (from.L0 >> count) | (from.L1 << 1 << rest),
            (from.L1 >> count) | (from.L2 << 1 << rest),
            (from.L2 >> count) | (from.L3 << 1 << rest),
            from.L3 >> count);
        to = new UInt256(
            to.L0 << count,
            (to.L1 << count) | (to.L0 >> 1 >> rest),
            (to.L2 << count) | (to.L1 >> 1 >> rest),
            (to.L3 << count) | (to.L2 >> 1 >> rest));
        return total + count;
    }
}
