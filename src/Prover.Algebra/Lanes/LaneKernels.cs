using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using Lane = System.Runtime.Intrinsics.Vector512<ulong>;

namespace Prover.Algebra;

/// <summary>Products and Montgomery's reduction of eight elements at once, limb by limb: the inner loops of <see cref="FrLanes"/>.</summary>
/// <remarks>
/// Everything passes through memory that the caller has aligned to 64 bytes. Each reference is to the first of as many vectors as is said.
/// Not inlined: each is a kilobyte or two of straight code, whose 20 operands just fit into the 32 registers.
/// </remarks>
internal static class LaneKernels
{
    private const int LimbCount = LaneElement.LimbCount;

    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    private const int ReciprocalBits = 40;

    /// <summary>The limbs of r, each in all lanes. The lowest is 1, since 2²⁸ divides r − 1.</summary>
    /// <remarks>
    /// Whole vectors: .NET 10 fuses a broadcast of 64 bits with vpmuludq, and then scales the address's displacement as if it were one of 32.
    /// </remarks>
    private static readonly Lane[] Modulus = [.. LimbsOf(Fr.Modulus).Select(Vector512.Create)];

    /// <summary>⌊2⁴⁰/(r₉ + 1)⌋, below 2²¹, in all lanes.</summary>
    private static readonly Lane[] TopReciprocal = [Vector512.Create((1UL << ReciprocalBits) / (Modulus[LimbCount - 1][0] + 1))];

    /// <summary>sum ← sum + a·b, column by column without carries; the caller sees to it that no column outgrows 64 bits.</summary>
    /// <param name="sum">19 columns.</param>
    /// <param name="a">Ten limbs below 2³².</param>
    /// <param name="b">Ten limbs below 2³².</param>
    [MethodImpl(Kernel)]
    public static void AddProduct(ref Lane sum, ref Lane a, ref Lane b)
    {
        var a0 = At(ref a, 0); var a1 = At(ref a, 1); var a2 = At(ref a, 2); var a3 = At(ref a, 3); var a4 = At(ref a, 4);
        var a5 = At(ref a, 5); var a6 = At(ref a, 6); var a7 = At(ref a, 7); var a8 = At(ref a, 8); var a9 = At(ref a, 9);
        var b0 = At(ref b, 0); var b1 = At(ref b, 1); var b2 = At(ref b, 2); var b3 = At(ref b, 3); var b4 = At(ref b, 4);
        var b5 = At(ref b, 5); var b6 = At(ref b, 6); var b7 = At(ref b, 7); var b8 = At(ref b, 8); var b9 = At(ref b, 9);
        At(ref sum, 0) += M(a0, b0);
        At(ref sum, 1) += M(a0, b1) + M(a1, b0);
        At(ref sum, 2) += M(a0, b2) + M(a1, b1) + M(a2, b0);
        At(ref sum, 3) += M(a0, b3) + M(a1, b2) + M(a2, b1) + M(a3, b0);
        At(ref sum, 4) += M(a0, b4) + M(a1, b3) + M(a2, b2) + M(a3, b1) + M(a4, b0);
        At(ref sum, 5) += M(a0, b5) + M(a1, b4) + M(a2, b3) + M(a3, b2) + M(a4, b1) + M(a5, b0);
        At(ref sum, 6) += M(a0, b6) + M(a1, b5) + M(a2, b4) + M(a3, b3) + M(a4, b2) + M(a5, b1) + M(a6, b0);
        At(ref sum, 7) += M(a0, b7) + M(a1, b6) + M(a2, b5) + M(a3, b4) + M(a4, b3) + M(a5, b2) + M(a6, b1) + M(a7, b0);
        At(ref sum, 8) += M(a0, b8) + M(a1, b7) + M(a2, b6) + M(a3, b5) + M(a4, b4) + M(a5, b3) + M(a6, b2) + M(a7, b1) + M(a8, b0);
        At(ref sum, 9) += M(a0, b9) + M(a1, b8) + M(a2, b7) + M(a3, b6) + M(a4, b5) + M(a5, b4) + M(a6, b3) + M(a7, b2) + M(a8, b1) + M(a9, b0);
        At(ref sum, 10) += M(a1, b9) + M(a2, b8) + M(a3, b7) + M(a4, b6) + M(a5, b5) + M(a6, b4) + M(a7, b3) + M(a8, b2) + M(a9, b1);
        At(ref sum, 11) += M(a2, b9) + M(a3, b8) + M(a4, b7) + M(a5, b6) + M(a6, b5) + M(a7, b4) + M(a8, b3) + M(a9, b2);
        At(ref sum, 12) += M(a3, b9) + M(a4, b8) + M(a5, b7) + M(a6, b6) + M(a7, b5) + M(a8, b4) + M(a9, b3);
        At(ref sum, 13) += M(a4, b9) + M(a5, b8) + M(a6, b7) + M(a7, b6) + M(a8, b5) + M(a9, b4);
        At(ref sum, 14) += M(a5, b9) + M(a6, b8) + M(a7, b7) + M(a8, b6) + M(a9, b5);
        At(ref sum, 15) += M(a6, b9) + M(a7, b8) + M(a8, b7) + M(a9, b6);
        At(ref sum, 16) += M(a7, b9) + M(a8, b8) + M(a9, b7);
        At(ref sum, 17) += M(a8, b9) + M(a9, b8);
        At(ref sum, 18) += M(a9, b9);
    }

    /// <summary>high ← (sum + m·r)/2²⁶⁰ with the m below 2²⁶⁰ for which that is whole; the columns are not carried.</summary>
    /// <param name="high">Ten columns, which may be negative.</param>
    /// <param name="sum">20 columns, the lower ten not negative and below 2⁶³.</param>
    /// <remarks>
    /// As r ≡ 1 modulo 2²⁶, the limb of m that clears a column t is −t, and what the column then carries is t divided by 2²⁶ and rounded up.
    /// </remarks>
    [MethodImpl(Kernel)]
    public static void Reduce(ref Lane high, ref Lane sum)
    {
        ref var p = ref MemoryMarshal.GetArrayDataReference(Modulus);
        var p1 = At(ref p, 1); var p2 = At(ref p, 2); var p3 = At(ref p, 3); var p4 = At(ref p, 4);
        var p5 = At(ref p, 5); var p6 = At(ref p, 6); var p7 = At(ref p, 7); var p8 = At(ref p, 8); var p9 = At(ref p, 9);
        var mask = Vector512.Create(LaneElement.LimbMask);
        Lane t, carry;
        t = At(ref sum, 0);
        var m0 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 1) + carry + M(m0, p1);
        var m1 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 2) + M(m0, p2) + carry + M(m1, p1);
        var m2 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 3) + M(m0, p3) + M(m1, p2) + carry + M(m2, p1);
        var m3 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 4) + M(m0, p4) + M(m1, p3) + M(m2, p2) + carry + M(m3, p1);
        var m4 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 5) + M(m0, p5) + M(m1, p4) + M(m2, p3) + M(m3, p2) + carry + M(m4, p1);
        var m5 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 6) + M(m0, p6) + M(m1, p5) + M(m2, p4) + M(m3, p3) + M(m4, p2) + carry + M(m5, p1);
        var m6 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 7) + M(m0, p7) + M(m1, p6) + M(m2, p5) + M(m3, p4) + M(m4, p3) + M(m5, p2) + carry + M(m6, p1);
        var m7 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 8) + M(m0, p8) + M(m1, p7) + M(m2, p6) + M(m3, p5) + M(m4, p4) + M(m5, p3) + M(m6, p2) + carry + M(m7, p1);
        var m8 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        t = At(ref sum, 9) + M(m0, p9) + M(m1, p8) + M(m2, p7) + M(m3, p6) + M(m4, p5) + M(m5, p4) + M(m6, p3) + M(m7, p2) + carry + M(m8, p1);
        var m9 = (Lane.Zero - t) & mask;
        carry = (t + mask) >>> LaneElement.LimbBits;
        At(ref high, 0) = At(ref sum, 10) + M(m1, p9) + M(m2, p8) + M(m3, p7) + M(m4, p6) + M(m5, p5) + M(m6, p4) + M(m7, p3) + M(m8, p2) + M(m9, p1) + carry;
        At(ref high, 1) = At(ref sum, 11) + M(m2, p9) + M(m3, p8) + M(m4, p7) + M(m5, p6) + M(m6, p5) + M(m7, p4) + M(m8, p3) + M(m9, p2);
        At(ref high, 2) = At(ref sum, 12) + M(m3, p9) + M(m4, p8) + M(m5, p7) + M(m6, p6) + M(m7, p5) + M(m8, p4) + M(m9, p3);
        At(ref high, 3) = At(ref sum, 13) + M(m4, p9) + M(m5, p8) + M(m6, p7) + M(m7, p6) + M(m8, p5) + M(m9, p4);
        At(ref high, 4) = At(ref sum, 14) + M(m5, p9) + M(m6, p8) + M(m7, p7) + M(m8, p6) + M(m9, p5);
        At(ref high, 5) = At(ref sum, 15) + M(m6, p9) + M(m7, p8) + M(m8, p7) + M(m9, p6);
        At(ref high, 6) = At(ref sum, 16) + M(m7, p9) + M(m8, p8) + M(m9, p7);
        At(ref high, 7) = At(ref sum, 17) + M(m8, p9) + M(m9, p8);
        At(ref high, 8) = At(ref sum, 18) + M(m9, p9);
        At(ref high, 9) = At(ref sum, 19);
    }

    /// <summary>The limbs of a number below 2²⁶⁰.</summary>
    private static IEnumerable<ulong> LimbsOf(BigInteger number) =>
        Enumerable.Range(0, LimbCount).Select(i => (ulong)((number >> (i * LaneElement.LimbBits)) & LaneElement.LimbMask));

    /// <summary>limbs ← limbs + factor·r, column by column without carries.</summary>
    /// <param name="limbs">Ten columns.</param>
    /// <param name="factor">Below 2³².</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddModulus(ref Lane limbs, uint factor)
    {
        for (var i = 0; factor != 0 && i < LimbCount; i++)
        {
            At(ref limbs, i) += M(Modulus[i], Vector512.Create((ulong)factor));
        }
    }

    /// <summary>Carries ten columns of a number that is not negative, so that all limbs but the last are below 2²⁶.</summary>
    [MethodImpl(Kernel)]
    public static void Carry(ref Lane limbs)
    {
        var mask = Vector512.Create(LaneElement.LimbMask);
        var carry = Lane.Zero;
        for (var i = 0; i < LimbCount - 1; i++)
        {
            var column = At(ref limbs, i) + carry;
            At(ref limbs, i) = column & mask;
            carry = ShiftSigned(column);
        }

        At(ref limbs, LimbCount - 1) += carry;
    }

    /// <summary>Reduces a number below 2¹²·r, carried, to one below r.</summary>
    /// <remarks>
    /// With t the number's top limb and r₉ that of r, q = ⌊t·⌊2⁴⁰/(r₉ + 1)⌋/2⁴⁰⌋ is at most the true quotient, and misses it by less than 2: taking t for the number
    /// loses less than 2⁻¹⁹, taking r₉ + 1 for r at most 2¹²·2⁻¹⁹, rounding the reciprocal t·2⁻⁴⁰ ≤ 2⁻⁸, and rounding q less than 1.
    /// So one subtraction of r at most is left to do.
    /// </remarks>
    [MethodImpl(Kernel)]
    public static void Canonicalise(ref Lane limbs)
    {
        ref var p = ref MemoryMarshal.GetArrayDataReference(Modulus);
        var top = At(ref p, LimbCount - 1);
        var quotient = M(At(ref limbs, LimbCount - 1), TopReciprocal[0]) >>> ReciprocalBits;
        Subtract(ref limbs, quotient, ref limbs);
        if (!Vector512.GreaterThanOrEqualAny(At(ref limbs, LimbCount - 1), top))
        {
            return; // Every number is below r, which is so but for one time in fifty.
        }

        Span<Lane> less = stackalloc Lane[LimbCount];
        Subtract(ref limbs, Lane.One, ref less[0]);
        var isNegative = Vector512.IsNegative(less[LimbCount - 1].AsInt64()).AsUInt64();
        for (var i = 0; i < LimbCount; i++)
        {
            At(ref limbs, i) = Vector512.ConditionalSelect(isNegative, At(ref limbs, i), less[i]);
        }
    }

    /// <summary>difference ← limbs − factor·r, carried; its last limb has the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(ref Lane limbs, Lane factor, ref Lane difference)
    {
        ref var p = ref MemoryMarshal.GetArrayDataReference(Modulus);
        var mask = Vector512.Create(LaneElement.LimbMask);
        var carry = Lane.Zero;
        for (var i = 0; i < LimbCount - 1; i++)
        {
            var column = At(ref limbs, i) - M(factor, At(ref p, i)) + carry;
            At(ref difference, i) = column & mask;
            carry = ShiftSigned(column);
        }

        At(ref difference, LimbCount - 1) = At(ref limbs, LimbCount - 1) - M(factor, At(ref p, LimbCount - 1)) + carry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane ShiftSigned(Lane column) => Vector512.ShiftRightArithmetic(column.AsInt64(), LaneElement.LimbBits).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Lane At(ref Lane vectors, int index) => ref Unsafe.Add(ref vectors, index);

    /// <summary>The products of the lower halves of eight lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane M(Lane a, Lane b) => Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
}
