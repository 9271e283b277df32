using ILGPU;
using Element = Prover.Backends.Gpu.DeviceField<Prover.Algebra.ScalarModulus>;

namespace Prover.Backends.Gpu;

/// <summary>What a device runs on scalars before a sum: from Montgomery form to magnitudes, and from these to the lists of points of each bucket.</summary>
/// <remarks>
/// A magnitude is min(s, r − s) &lt; 2²⁵³; its eight words lie apart, word k of all of n of them from k·n on, with the sign in the topmost bit of the
/// last. Bucket d − 1 of a window gets the points whose digit there is ±d.
/// </remarks>
internal static class DigitKernels
{
    /// <summary>Bits of the longest magnitude.</summary>
    public const int MagnitudeBits = 253;

    private const uint Sign = 1u << 31;

    /// <summary>Words of shared memory that <see cref="ToMagnitudes"/> needs.</summary>
    public const int SharedWords = 2;

    /// <summary>
    /// Magnitudes of the scalars that belong to points 0 … <paramref name="count"/> − 1: number <paramref name="first"/> + i for point i, or where
    /// <paramref name="hasPlaces"/> is not 0 that plus places[i]. A point whose scalar is ±1 goes to <paramref name="ones"/> instead, complemented for −1.
    /// </summary>
    public static void ToMagnitudes(
        ArrayView<Element> scalars, ArrayView<int> places, int hasPlaces, int first, int count, ArrayView<uint> magnitudes, ArrayView<int> ones, ArrayView<int> oneCount)
    {
        // shared[0] counts the group's ones, shared[1] is where they go: one addition to global memory for all of them.
        var shared = SharedMemory.GetDynamic<int>();
        if (Group.IdxX == 0)
            shared[0] = 0;

        Group.Barrier();
        var i = Grid.GlobalIndex.X;
        var isOne = 0;
        var isNegative = 0;
        var place = 0;
        if (i < count)
        {
            var scalar = scalars[first + (hasPlaces != 0 ? places[i] : i)];
            var plain = Element.ToCanonical(scalar);
            var opposite = Element.Subtract(default, plain);
            isNegative = Element.IsBelow(opposite, plain) && !Element.IsZero(plain) ? 1 : 0;
            var magnitude = isNegative != 0 ? opposite : plain;
            isOne = Element.IsUnit(magnitude) ? 1 : 0;
            if (isOne != 0)
                place = Atomic.Add(ref shared[0], 1);

            magnitude.Scatter(magnitudes, i, count, isOne != 0 ? 0u : ~0u, isNegative != 0 ? Sign : 0u);
        }

        Group.Barrier();
        if (Group.IdxX == 0 && shared[0] > 0)
            shared[1] = Atomic.Add(ref oneCount[0], shared[0]);

        Group.Barrier();
        if (isOne != 0)
            ones[shared[1] + place] = isNegative != 0 ? ~i : i;
    }

    /// <summary>Counts how many points each bucket of some windows gets.</summary>
    public static void CountDigits(Index2D index, ArrayView<uint> magnitudes, int firstWindow, int bits, ArrayView<int> counts)
    {
        var digit = Digit(magnitudes, index.X, firstWindow + index.Y, bits);
        if (digit != 0)
            Atomic.Add(ref counts[BucketOf(index.Y, digit, bits)], 1);
    }

    /// <summary>
    /// Puts each point, complemented if it counts negatively, into the list of its bucket, <paramref name="next"/> being where each list goes on; in
    /// the end that is where the list ends.
    /// </summary>
    public static void PlaceDigits(Index2D index, ArrayView<uint> magnitudes, int firstWindow, int bits, ArrayView<int> next, ArrayView<int> signedIndices)
    {
        var point = index.X;
        var digit = Digit(magnitudes, point, firstWindow + index.Y, bits);
        if (digit == 0)
            return;

        var count = (int)(magnitudes.Length / Element.Words);
        var isNegative = (digit < 0) != ((magnitudes[7 * count + point] & Sign) != 0);
        signedIndices[Atomic.Add(ref next[BucketOf(index.Y, digit, bits)], 1)] = isNegative ? ~point : point;
    }

    /// <summary>
    /// Booth's recoding: with v the window's bits, t the topmost of them and b the bit below, the digit is v + b − 2ᵇⁱᵗˢ·t, found from the
    /// <paramref name="bits"/> + 1 ≤ 32 bits from bit window·bits − 1 on.
    /// </summary>
    /// <param name="low">The word with the first of these bits.</param>
    /// <param name="high">The word after it.</param>
    /// <param name="shift">Which bit of <paramref name="low"/> is the first.</param>
    /// <param name="bits">Bits of a digit.</param>
    public static int Booth(uint low, uint high, int shift, int bits)
    {
        var u = (uint)(((ulong)high << 32 | low) >> shift) & (uint)((2UL << bits) - 1);
        return (int)(((u + 1) >> 1) - (u >> bits << bits));
    }

    /// <summary>Where a bucket is among those of several windows.</summary>
    public static int BucketOf(int window, int digit, int bits) => (window << (bits - 1)) + (digit < 0 ? -digit : digit) - 1;

    private static int Digit(ArrayView<uint> magnitudes, int point, int window, int bits)
    {
        var count = (int)(magnitudes.Length / Element.Words);
        var lowest = window * bits - 1;
        if (lowest < 0)
            return Booth(magnitudes[point] << 1, magnitudes[point] >> 31, 0, bits);

        var word = lowest >> 5;
        var low = magnitudes[word * count + point];
        var high = word < 7 ? magnitudes[(word + 1) * count + point] : 0;
        return Booth(word == 7 ? low & ~Sign : low, word == 6 ? high & ~Sign : high, lowest & 31, bits);
    }
}
