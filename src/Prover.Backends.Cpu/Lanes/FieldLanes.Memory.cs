using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Vector = System.Runtime.Intrinsics.Vector256<ulong>;

namespace Prover.Backends.Cpu.Lanes;

/// <summary>Between memory, where an element lies reduced as x·2²⁵⁶ mod p in four limbs of 64 bits, and lanes.</summary>
internal partial struct FieldLanes<TModulus>
{
    /// <summary>Bits by which limbs are shifted against memory: x·2²⁶¹ is x·2²⁵⁶ times 2⁵.</summary>
    private const int Shift = 5;

    /// <summary>⌊2⁵⁸ / 2⁵(p₈ + 1)⌋, below 2³² since p₈ is not below 2²¹.</summary>
    private static ulong QuotientFactor => (1UL << 58) / ((P8 + 1) << Shift);

    /// <summary>Takes four elements; the values are 2⁵ times those in memory, so below 32p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(
        in PrimeField<TModulus> e0, in PrimeField<TModulus> e1, in PrimeField<TModulus> e2, in PrimeField<TModulus> e3, out FieldLanes<TModulus> lanes)
    {
        var (w0, w1, w2, w3) = (Words(e0), Words(e1), Words(e2), Words(e3));
        Transpose(ref w0, ref w1, ref w2, ref w3);
        Unsafe.SkipInit(out lanes);
        lanes._l0 = (w0 << 5) & Mask;
        lanes._l1 = (w0 >>> 24) & Mask;
        lanes._l2 = ((w0 >>> 53) | (w1 << 11)) & Mask;
        lanes._l3 = (w1 >>> 18) & Mask;
        lanes._l4 = ((w1 >>> 47) | (w2 << 17)) & Mask;
        lanes._l5 = (w2 >>> 12) & Mask;
        lanes._l6 = ((w2 >>> 41) | (w3 << 23)) & Mask;
        lanes._l7 = (w3 >>> 6) & Mask;
        lanes._l8 = w3 >>> 35;
    }

    /// <summary>Gives four elements, reduced.</summary>
    /// <remarks>
    /// With m &lt; 2⁵ such that 2⁵ divides v + m·p, and q = ⌊(v + m·p)/2⁵p⌋, the element is (v + 2⁵p − u·p)/2⁵ for u = 2⁵(q + 1) − m &gt; 0.
    /// The upper limbs give q or rarely q − 1, never more: v + m·p ≥ (v₈ + m·p₈)·2²³² and 2⁵p &lt; 2⁵(p₈ + 1)·2²³²; with q − 1, p itself
    /// or a little more is left.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store(
        in FieldLanes<TModulus> lanes, out PrimeField<TModulus> e0, out PrimeField<TModulus> e1, out PrimeField<TModulus> e2, out PrimeField<TModulus> e3)
    {
        // v₈ + m·p₈ < 2²⁹ + 2⁵·2²² and q < 2³, so that all of these products have factors below 2³².
        var m = Product(lanes._l0, Vector256.Create(TModulus.NegativeInverse & 31)) & Vector256.Create(31UL);
        var q = Product(lanes._l8 + Product(m, Vector256.Create(P8)), Vector256.Create(QuotientFactor)) >>> 58;
        var u = ((q + Vector.One) << Shift) - m;

        // u·pᵢ < 2³⁷; adding 2⁴⁰ to each limb but the last, and taking its carry 2¹¹ from the next, keeps limbs from falling below zero.
        const ulong bias = 1UL << 40;
        const ulong rest = bias - (bias >> LimbBits);
        Unsafe.SkipInit(out FieldLanes<TModulus> r);
        r.Normalise(
            lanes._l0 + Vector256.Create(bias + (P0 << Shift)) - Product(u, Vector256.Create(P0)),
            lanes._l1 + Vector256.Create(rest + (P1 << Shift)) - Product(u, Vector256.Create(P1)),
            lanes._l2 + Vector256.Create(rest + (P2 << Shift)) - Product(u, Vector256.Create(P2)),
            lanes._l3 + Vector256.Create(rest + (P3 << Shift)) - Product(u, Vector256.Create(P3)),
            lanes._l4 + Vector256.Create(rest + (P4 << Shift)) - Product(u, Vector256.Create(P4)),
            lanes._l5 + Vector256.Create(rest + (P5 << Shift)) - Product(u, Vector256.Create(P5)),
            lanes._l6 + Vector256.Create(rest + (P6 << Shift)) - Product(u, Vector256.Create(P6)),
            lanes._l7 + Vector256.Create(rest + (P7 << Shift)) - Product(u, Vector256.Create(P7)),
            lanes._l8 + Vector256.Create((P8 << Shift) - (bias >> LimbBits)) - Product(u, Vector256.Create(P8)));

        var w0 = (r._l0 >>> 5) | (r._l1 << 24) | (r._l2 << 53);
        var w1 = (r._l2 >>> 11) | (r._l3 << 18) | (r._l4 << 47);
        var w2 = (r._l4 >>> 17) | (r._l5 << 12) | (r._l6 << 41);
        var w3 = (r._l6 >>> 23) | (r._l7 << 6) | (r._l8 << 35);
        var mayExceed = Avx2.CompareGreaterThan(w3.AsInt64(), Vector256.Create((long)TModulus.P3 - 1)) != Vector256<long>.Zero;
        Transpose(ref w0, ref w1, ref w2, ref w3);
        (e0, e1, e2, e3) = (Element(w0), Element(w1), Element(w2), Element(w3));
        if (mayExceed)
        {
            // A sum is reduced once, also that with zero.
            (e0, e1, e2, e3) = (e0 + default(PrimeField<TModulus>), e1 + default(PrimeField<TModulus>), e2 + default(PrimeField<TModulus>), e3 + default(PrimeField<TModulus>));
        }
    }

    /// <summary>Word j of element i to lane i of vector j, and back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector v0, ref Vector v1, ref Vector v2, ref Vector v3)
    {
        var evenLow = Avx2.UnpackLow(v0, v1);
        var oddLow = Avx2.UnpackHigh(v0, v1);
        var evenHigh = Avx2.UnpackLow(v2, v3);
        var oddHigh = Avx2.UnpackHigh(v2, v3);
        v0 = Avx2.Permute2x128(evenLow, evenHigh, 0x20);
        v1 = Avx2.Permute2x128(oddLow, oddHigh, 0x20);
        v2 = Avx2.Permute2x128(evenLow, evenHigh, 0x31);
        v3 = Avx2.Permute2x128(oddLow, oddHigh, 0x31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector Words(in PrimeField<TModulus> element) => Unsafe.BitCast<PrimeField<TModulus>, Vector>(element);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PrimeField<TModulus> Element(Vector words) => Unsafe.BitCast<Vector, PrimeField<TModulus>>(words);
}
