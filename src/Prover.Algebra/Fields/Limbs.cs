using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Prover.Algebra;

/// <summary>Carry-propagating operations on 64-bit limbs.</summary>
/// <remarks>
/// C# has no add-with-carry, so a carry is a comparison. Written as <c>sum &lt; a ? x + 1 : x</c> it becomes a conditional move,
/// one instruction less than adding a 0 or 1 and never a branch on random data.
/// </remarks>
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
            var carry = sum < a ? 1UL : 0UL;
            carryOut = result < sum ? carry + 1 : carry;
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
            var borrow = a < b ? 1UL : 0UL;
            borrowOut = difference < borrowIn ? borrow + 1 : borrow;
            return result;
        }
    }

    /// <summary>The high word of a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    /// <summary>The high word of a·b + c, which always fits in 128 bits.</summary>
    /// <remarks>
    /// Two multiplications, because <see cref="Math.BigMul(ulong, ulong, out ulong)"/> passes its low word through memory, which
    /// costs more than computing it again.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong c, out ulong low)
    {
        unchecked
        {
            var high = MultiplyHigh(a, b);
            low = a * b + c;
            return low < c ? high + 1 : high;
        }
    }

    /// <summary>The high word of a·b + c + d, which always fits in 128 bits: (2⁶⁴−1)² + 2(2⁶⁴−1) = 2¹²⁸ − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong c, ulong d, out ulong low)
    {
        unchecked
        {
            var high = MultiplyAdd(a, b, c, out low);
            low += d;
            return low < d ? high + 1 : high;
        }
    }
}
