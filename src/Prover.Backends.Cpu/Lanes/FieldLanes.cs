using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Prover.Algebra;
using Vector = System.Runtime.Intrinsics.Vector256<ulong>;

namespace Prover.Backends.Cpu.Lanes;

/// <summary>Four elements of a prime field, one in each lane of AVX2: nine limbs of 29 bits in Montgomery form x·2²⁶¹.</summary>
/// <remarks>
/// <code>
///        lane 0      lane 1      lane 2      lane 3
/// L0   bits 0–28   bits 0–28   bits 0–28   bits 0–28
///  ⋮
/// L8   bits 232–   bits 232–   bits 232–   bits 232–
/// </code>
/// Limbs are always below 2²⁹, so that products of limbs add up in 64 bits without carries. Values need not be reduced: they are
/// below 2²⁶¹ &gt; 168p, and each operation says by how much it enlarges them. Results may take the place of operands.
/// No operation is inlined: in a method with several of them the compiler would give up, and call even for constants.
/// </remarks>
internal partial struct FieldLanes<TModulus> : ILanes<FieldLanes<TModulus>, PrimeField<TModulus>>
    where TModulus : struct, IModulus
{
    private const int Limbs = 9;
    private const int LimbBits = 29;
    private const ulong LimbMask = (1UL << LimbBits) - 1;

    // Never addressed by name but from the first one on: limb i is Unsafe.Add(ref L0, i).
    private Vector _l0, _l1, _l2, _l3, _l4, _l5, _l6, _l7, _l8;

    private static Vector Mask => Vector256.Create(LimbMask);

    private static ulong P0 => TModulus.P0 & LimbMask;

    private static ulong P1 => (TModulus.P0 >> 29) & LimbMask;

    private static ulong P2 => ((TModulus.P0 >> 58) | (TModulus.P1 << 6)) & LimbMask;

    private static ulong P3 => (TModulus.P1 >> 23) & LimbMask;

    private static ulong P4 => ((TModulus.P1 >> 52) | (TModulus.P2 << 12)) & LimbMask;

    private static ulong P5 => (TModulus.P2 >> 17) & LimbMask;

    private static ulong P6 => ((TModulus.P2 >> 46) | (TModulus.P3 << 18)) & LimbMask;

    private static ulong P7 => (TModulus.P3 >> 11) & LimbMask;

    private static ulong P8 => TModulus.P3 >> 40;

    private static Vector NegativeInverse => Vector256.Create(TModulus.NegativeInverse & LimbMask);

    /// <summary>product ← a·b, below a·b/2²⁶¹ + p.</summary>
    /// <remarks>
    /// Nine rounds t ← (t + aᵢ·b + m·p)/2²⁹, m chosen so that the division is exact. A limb of t lives through nine rounds at most, each
    /// of which adds two products of limbs and at most one carry below 2³⁵ to it: it stays below 18·2⁵⁸ + 2³⁵ &lt; 2⁶³.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Multiply(in FieldLanes<TModulus> a, in FieldLanes<TModulus> b, out FieldLanes<TModulus> product)
    {
        Unsafe.SkipInit(out product);
        Vector t0 = default, t1 = default, t2 = default, t3 = default, t4 = default, t5 = default, t6 = default, t7 = default;
        ref var limb = ref Unsafe.AsRef(in a._l0);
        for (var i = 0; i < Limbs; i++)
        {
            var x = Unsafe.Add(ref limb, i);
            t0 += Product(x, b._l0);
            var m = Product(t0, NegativeInverse) & Mask;
            t1 += (t0 + Product(m, Vector256.Create(P0))) >>> LimbBits;
            t0 = t1 + Product(x, b._l1) + Product(m, Vector256.Create(P1));
            t1 = t2 + Product(x, b._l2) + Product(m, Vector256.Create(P2));
            t2 = t3 + Product(x, b._l3) + Product(m, Vector256.Create(P3));
            t3 = t4 + Product(x, b._l4) + Product(m, Vector256.Create(P4));
            t4 = t5 + Product(x, b._l5) + Product(m, Vector256.Create(P5));
            t5 = t6 + Product(x, b._l6) + Product(m, Vector256.Create(P6));
            t6 = t7 + Product(x, b._l7) + Product(m, Vector256.Create(P7));
            t7 = Product(x, b._l8) + Product(m, Vector256.Create(P8));
        }

        product.Normalise(t0, t1, t2, t3, t4, t5, t6, t7, Vector.Zero);
    }

    /// <summary>sum ← a·b + c·d, below (a·b + c·d)/2²⁶¹ + p.</summary>
    /// <remarks>As for one product; a limb of t stays below 27·2⁵⁸ + 2³⁵ &lt; 2⁶³.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void SumOfProducts(
        in FieldLanes<TModulus> a, in FieldLanes<TModulus> b, in FieldLanes<TModulus> c, in FieldLanes<TModulus> d, out FieldLanes<TModulus> sum)
    {
        Unsafe.SkipInit(out sum);
        Vector t0 = default, t1 = default, t2 = default, t3 = default, t4 = default, t5 = default, t6 = default, t7 = default;
        ref var first = ref Unsafe.AsRef(in a._l0);
        ref var second = ref Unsafe.AsRef(in c._l0);
        for (var i = 0; i < Limbs; i++)
        {
            var x = Unsafe.Add(ref first, i);
            var y = Unsafe.Add(ref second, i);
            t0 += Product(x, b._l0) + Product(y, d._l0);
            var m = Product(t0, NegativeInverse) & Mask;
            t1 += (t0 + Product(m, Vector256.Create(P0))) >>> LimbBits;
            t0 = t1 + Product(x, b._l1) + Product(y, d._l1) + Product(m, Vector256.Create(P1));
            t1 = t2 + Product(x, b._l2) + Product(y, d._l2) + Product(m, Vector256.Create(P2));
            t2 = t3 + Product(x, b._l3) + Product(y, d._l3) + Product(m, Vector256.Create(P3));
            t3 = t4 + Product(x, b._l4) + Product(y, d._l4) + Product(m, Vector256.Create(P4));
            t4 = t5 + Product(x, b._l5) + Product(y, d._l5) + Product(m, Vector256.Create(P5));
            t5 = t6 + Product(x, b._l6) + Product(y, d._l6) + Product(m, Vector256.Create(P6));
            t6 = t7 + Product(x, b._l7) + Product(y, d._l7) + Product(m, Vector256.Create(P7));
            t7 = Product(x, b._l8) + Product(y, d._l8) + Product(m, Vector256.Create(P8));
        }

        sum.Normalise(t0, t1, t2, t3, t4, t5, t6, t7, Vector.Zero);
    }

    /// <summary>square ← a², below a²/2²⁶¹ + p.</summary>
    public static void Square(in FieldLanes<TModulus> a, out FieldLanes<TModulus> square) => Multiply(a, a, out square);

    /// <summary>sum ← a + b.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(in FieldLanes<TModulus> a, in FieldLanes<TModulus> b, out FieldLanes<TModulus> sum)
    {
        Unsafe.SkipInit(out sum);
        sum.Normalise(
            a._l0 + b._l0, a._l1 + b._l1, a._l2 + b._l2, a._l3 + b._l3, a._l4 + b._l4, a._l5 + b._l5, a._l6 + b._l6, a._l7 + b._l7, a._l8 + b._l8);
    }

    /// <summary>difference ← a − b + 32p, for b at most 32p.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Subtract(in FieldLanes<TModulus> a, in FieldLanes<TModulus> b, out FieldLanes<TModulus> difference) =>
        SubtractFrom(a, b, 32, out difference);

    /// <summary>negative ← 8p − a, for a at most 8p.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Negate(in FieldLanes<TModulus> a, out FieldLanes<TModulus> negative) => SubtractFrom(default, a, 8, out negative);

    /// <summary>a − b + multiple·p.</summary>
    /// <remarks>
    /// The limbs of the multiple are multiple·pᵢ, below 2³⁴, with 2²⁹ lent from each to the one below it as 1: so no limb but the
    /// last falls below zero.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SubtractFrom(in FieldLanes<TModulus> a, in FieldLanes<TModulus> b, ulong multiple, out FieldLanes<TModulus> difference)
    {
        Unsafe.SkipInit(out difference);
        difference.Normalise(
            a._l0 + (Vector256.Create((multiple * P0) + LimbMask + 1) - b._l0),
            a._l1 + (Vector256.Create((multiple * P1) + LimbMask) - b._l1),
            a._l2 + (Vector256.Create((multiple * P2) + LimbMask) - b._l2),
            a._l3 + (Vector256.Create((multiple * P3) + LimbMask) - b._l3),
            a._l4 + (Vector256.Create((multiple * P4) + LimbMask) - b._l4),
            a._l5 + (Vector256.Create((multiple * P5) + LimbMask) - b._l5),
            a._l6 + (Vector256.Create((multiple * P6) + LimbMask) - b._l6),
            a._l7 + (Vector256.Create((multiple * P7) + LimbMask) - b._l7),
            a._l8 + (Vector256.Create((multiple * P8) - 1) - b._l8));
    }

    static void ILanes<FieldLanes<TModulus>, PrimeField<TModulus>>.Norm(in FieldLanes<TModulus> a, out FieldLanes<BaseModulus> norm) =>
        norm = Unsafe.As<FieldLanes<TModulus>, FieldLanes<BaseModulus>>(ref Unsafe.AsRef(in a));

    static void ILanes<FieldLanes<TModulus>, PrimeField<TModulus>>.Invert(
        in FieldLanes<TModulus> a, in FieldLanes<BaseModulus> inverseNorm, out FieldLanes<TModulus> inverse) =>
        inverse = Unsafe.As<FieldLanes<BaseModulus>, FieldLanes<TModulus>>(ref Unsafe.AsRef(in inverseNorm));

    /// <summary>The 64-bit products of the lower halves of lanes.</summary>
    /// <remarks>
    /// Spread-out scalars must be constants: .NET 10 misplaces the memory operand of this instruction by a factor of two when it
    /// spreads one from the stack.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector Product(Vector a, Vector b) => Avx2.Multiply(a.AsUInt32(), b.AsUInt32());

    /// <summary>Takes the value Σ tᵢ·2²⁹ⁱ, which is below 2²⁶¹, and carries what exceeds 29 bits to the next limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Normalise(Vector t0, Vector t1, Vector t2, Vector t3, Vector t4, Vector t5, Vector t6, Vector t7, Vector t8)
    {
        t1 += t0 >>> LimbBits;
        t2 += t1 >>> LimbBits;
        t3 += t2 >>> LimbBits;
        t4 += t3 >>> LimbBits;
        t5 += t4 >>> LimbBits;
        t6 += t5 >>> LimbBits;
        t7 += t6 >>> LimbBits;
        _l8 = t8 + (t7 >>> LimbBits);
        _l0 = t0 & Mask;
        _l1 = t1 & Mask;
        _l2 = t2 & Mask;
        _l3 = t3 & Mask;
        _l4 = t4 & Mask;
        _l5 = t5 & Mask;
        _l6 = t6 & Mask;
        _l7 = t7 & Mask;
    }
}
