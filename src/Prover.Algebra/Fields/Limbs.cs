using System.Runtime.CompilerServices;

namespace Prover.Algebra;

/// <summary>Carry-propagating operations on 64-bit limbs.</summary>
internal static class Limbs
{
    /// <summary>a + b + carry; the carry out is 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong a, ulong b, ulong carryIn, out ulong carryOut)
    {
        unchecked
        {
            var sum = a + b;
            var result = sum + carryIn;
            carryOut = (sum < a ? 1UL : 0UL) | (result < sum ? 1UL : 0UL);
            return result;
        }
    }

    /// <summary>a − b − borrow; the borrow out is 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract(ulong a, ulong b, ulong borrowIn, out ulong borrowOut)
    {
        unchecked
        {
            var difference = a - b;
            var result = difference - borrowIn;
            borrowOut = (a < b ? 1UL : 0UL) | (difference < borrowIn ? 1UL : 0UL);
            return result;
        }
    }

    /// <summary>The high word of a·b + c, which always fits in 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong c, out ulong low)
    {
        unchecked
        {
            var high = Math.BigMul(a, b, out low);
            low += c;
            return high + (low < c ? 1UL : 0UL);
        }
    }

    /// <summary>The high word of a·b + c + d, which always fits in 128 bits: (2⁶⁴−1)² + 2(2⁶⁴−1) = 2¹²⁸ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong c, ulong d, out ulong low)
    {
        unchecked
        {
            var high = Math.BigMul(a, b, out low);
            low += c;
            high += low < c ? 1UL : 0UL;
            low += d;
            return high + (low < d ? 1UL : 0UL);
        }
    }
}
