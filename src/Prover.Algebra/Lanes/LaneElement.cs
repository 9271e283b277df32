using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using Lane = System.Runtime.Intrinsics.Vector512<ulong>;

namespace Prover.Algebra;

/// <summary>Moves eight elements of Fr between memory and ten vectors of 26-bit limbs, one element to a lane.</summary>
/// <remarks>
/// <code>
///   in memory:  element 0: l0 l1 l2 l3     vectors: limb 0 of elements 0 … 7
///               element 1: l0 l1 l2 l3              limb 1 of elements 0 … 7
///               …                                   … 9
/// </code>
/// 26 bits, because a product of two limbs, 2⁵², leaves room in 64 bits for thousands of them; ten make 260 bits, six more than an element has.
/// </remarks>
internal static class LaneElement
{
    /// <summary>Bits of a limb.</summary>
    public const int LimbBits = 26;

    /// <summary>Limbs of an element.</summary>
    public const int LimbCount = 10;

    /// <summary>2²⁶ − 1.</summary>
    public const ulong LimbMask = (1UL << LimbBits) - 1;

    /// <summary>The limbs of one element's Montgomery form.</summary>
    public static void Split(in Fr value, Span<ulong> limbs)
    {
        var words = MemoryMarshal.Cast<Fr, ulong>(new ReadOnlySpan<Fr>(in value));
        for (var i = 0; i < LimbCount; i++)
        {
            var (word, shift) = ((i * LimbBits) >> 6, (i * LimbBits) & 63);
            var above = shift + LimbBits > 64 && word < 3 ? words[word + 1] << (64 - shift) : 0;
            limbs[i] = ((words[word] >> shift) | above) & LimbMask;
        }
    }

    /// <summary>Reads eight elements.</summary>
    /// <param name="limbs">The first of ten vectors to write.</param>
    /// <param name="values">Where the elements are.</param>
    /// <param name="indices">Which: eight indices.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(ref Lane limbs, ReadOnlySpan<Fr> values, ReadOnlySpan<int> indices)
    {
        // Pairs two apart, so that the shuffles of 128-bit parts below leave the lanes in order.
        var pair02 = Vector512.Create(At(values, indices[0]), At(values, indices[2]));
        var pair13 = Vector512.Create(At(values, indices[1]), At(values, indices[3]));
        var pair46 = Vector512.Create(At(values, indices[4]), At(values, indices[6]));
        var pair57 = Vector512.Create(At(values, indices[5]), At(values, indices[7]));
        var even03 = Avx512F.UnpackLow(pair02, pair13);
        var odd03 = Avx512F.UnpackHigh(pair02, pair13);
        var even47 = Avx512F.UnpackLow(pair46, pair57);
        var odd47 = Avx512F.UnpackHigh(pair46, pair57);
        Split(
            ref limbs,
            Avx512F.Shuffle4x128(even03, even47, 0b10_00_10_00),
            Avx512F.Shuffle4x128(odd03, odd47, 0b10_00_10_00),
            Avx512F.Shuffle4x128(even03, even47, 0b11_01_11_01),
            Avx512F.Shuffle4x128(odd03, odd47, 0b11_01_11_01));
    }

    /// <summary>Writes one element into all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Broadcast(ref Lane limbs, in Fr value)
    {
        ref var words = ref Unsafe.As<Fr, ulong>(ref Unsafe.AsRef(in value)); // Four of them, as Fr is laid out.
        Split(
            ref limbs,
            Vector512.Create(words),
            Vector512.Create(Unsafe.Add(ref words, 1)),
            Vector512.Create(Unsafe.Add(ref words, 2)),
            Vector512.Create(Unsafe.Add(ref words, 3)));
    }

    /// <summary>Writes lanes 0 … count − 1 of canonical elements.</summary>
    /// <param name="limbs">The first of ten vectors, limbs below 2²⁶, elements below r.</param>
    /// <param name="values">Where the elements go.</param>
    /// <param name="indices">Which: eight indices; an index may occur again if its lanes are equal.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref Lane limbs, Span<Fr> values, ReadOnlySpan<int> indices)
    {
        var l0 = At(ref limbs, 0) | (At(ref limbs, 1) << 26) | (At(ref limbs, 2) << 52);
        var l1 = (At(ref limbs, 2) >>> 12) | (At(ref limbs, 3) << 14) | (At(ref limbs, 4) << 40);
        var l2 = (At(ref limbs, 4) >>> 24) | (At(ref limbs, 5) << 2) | (At(ref limbs, 6) << 28) | (At(ref limbs, 7) << 54);
        var l3 = (At(ref limbs, 7) >>> 10) | (At(ref limbs, 8) << 16) | (At(ref limbs, 9) << 42);
        var even03 = Avx512F.Shuffle4x128(l0, l2, 0b01_00_01_00);
        var odd03 = Avx512F.Shuffle4x128(l1, l3, 0b01_00_01_00);
        var even47 = Avx512F.Shuffle4x128(l0, l2, 0b11_10_11_10);
        var odd47 = Avx512F.Shuffle4x128(l1, l3, 0b11_10_11_10);
        Store(Avx512F.UnpackLow(even03, odd03), values, indices[0], indices[2]);
        Store(Avx512F.UnpackHigh(even03, odd03), values, indices[1], indices[3]);
        Store(Avx512F.UnpackLow(even47, odd47), values, indices[4], indices[6]);
        Store(Avx512F.UnpackHigh(even47, odd47), values, indices[5], indices[7]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split(ref Lane limbs, Lane l0, Lane l1, Lane l2, Lane l3)
    {
        var mask = Vector512.Create(LimbMask);
        At(ref limbs, 0) = l0 & mask;
        At(ref limbs, 1) = (l0 >>> 26) & mask;
        At(ref limbs, 2) = ((l0 >>> 52) | (l1 << 12)) & mask;
        At(ref limbs, 3) = (l1 >>> 14) & mask;
        At(ref limbs, 4) = ((l1 >>> 40) | (l2 << 24)) & mask;
        At(ref limbs, 5) = (l2 >>> 2) & mask;
        At(ref limbs, 6) = (l2 >>> 28) & mask;
        At(ref limbs, 7) = ((l2 >>> 54) | (l3 << 10)) & mask;
        At(ref limbs, 8) = (l3 >>> 16) & mask;
        At(ref limbs, 9) = l3 >>> 42;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Lane At(ref Lane limbs, int index) => ref Unsafe.Add(ref limbs, index);

    // The span's own indexer checks the index; an element is 32 bytes, one such vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> At(ReadOnlySpan<Fr> values, int index) =>
        Unsafe.As<Fr, Vector256<ulong>>(ref Unsafe.AsRef(in values[index]));

    /// <summary>From 128-bit parts [a01][b01][a23][b23] writes the elements a and b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Lane parts, Span<Fr> values, int a, int b)
    {
        var elements = Avx512F.Shuffle4x128(parts, parts, 0b11_01_10_00);
        Unsafe.As<Fr, Vector256<ulong>>(ref values[a]) = elements.GetLower();
        Unsafe.As<Fr, Vector256<ulong>>(ref values[b]) = elements.GetUpper();
    }
}
