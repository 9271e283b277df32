using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Prover.Algebra;

/// <summary>
/// An element of a prime field of at most 254 bits, kept in Montgomery form x·2²⁵⁶ mod p in four little-endian limbs.
/// </summary>
/// <typeparam name="TModulus">Which prime. Use the aliases <c>Fr</c> and <c>Fq</c>.</typeparam>
/// <remarks>
/// Every value is fully reduced, so equal elements have equal limbs and <c>default</c> is zero. The 32 bytes in memory
/// are exactly the Montgomery representation that iden3's .zkey files hold. Arithmetic is variable-time by design:
/// the prover's secrets are blinded, see Groth16.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct PrimeField<TModulus> : IEquatable<PrimeField<TModulus>>, IField<PrimeField<TModulus>>
    where TModulus : struct, IModulus
{
    /// <summary>Bytes of one element, in memory and in canonical form.</summary>
    public const int ByteCount = 32;

    // Initialised in this order: each line uses those above it.
    private static readonly BigInteger Radix = BigInteger.One << 256;

    /// <summary>R² mod p: a Montgomery product with it turns a canonical integer into its Montgomery form.</summary>
    private static readonly PrimeField<TModulus> RadixSquared = FromLimbs(Radix * Radix % TModulus.Value);

    private static readonly PrimeField<TModulus> MontgomeryOne = FromLimbs(Radix % TModulus.Value);

    /// <summary>2⁰, 2¹, … 2⁵¹²: what an inversion multiplies by at its end.</summary>
    private static readonly PrimeField<TModulus>[] PowersOfTwo = DoublingsOfOne(513);

    private readonly ulong _l0, _l1, _l2, _l3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PrimeField(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        _l0 = l0;
        _l1 = l1;
        _l2 = l2;
        _l3 = l3;
    }

    /// <summary>The prime.</summary>
    public static BigInteger Modulus => TModulus.Value;

    /// <inheritdoc/>
    public static PrimeField<TModulus> Zero => default;

    /// <inheritdoc/>
    public static PrimeField<TModulus> One => MontgomeryOne;

    /// <inheritdoc/>
    public bool IsZero => (_l0 | _l1 | _l2 | _l3) == 0;

    /// <summary>Whether the element is 1.</summary>
    public bool IsOne => this == One;

    /// <summary>a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PrimeField<TModulus> operator +(in PrimeField<TModulus> a, in PrimeField<TModulus> b)
    {
        // Both are below p < 2²⁵⁴, so the sum cannot carry out of 256 bits.
        var r0 = Limbs.Add(a._l0, b._l0, 0, out var carry);
        var r1 = Limbs.Add(a._l1, b._l1, carry, out carry);
        var r2 = Limbs.Add(a._l2, b._l2, carry, out carry);
        var r3 = a._l3 + b._l3 + carry;
        return ReduceOnce(r0, r1, r2, r3);
    }

    /// <summary>a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PrimeField<TModulus> operator -(in PrimeField<TModulus> a, in PrimeField<TModulus> b)
    {
        unchecked
        {
            var r0 = Limbs.Subtract(a._l0, b._l0, 0, out var borrow);
            var r1 = Limbs.Subtract(a._l1, b._l1, borrow, out borrow);
            var r2 = Limbs.Subtract(a._l2, b._l2, borrow, out borrow);
            var r3 = a._l3 - b._l3 - borrow;

            // Both are below 2²⁵⁴, so the top bit of the difference is its sign; a negative one gets p added.
            var negative = (ulong)((long)r3 >> 63);
            r0 = Limbs.Add(r0, TModulus.P0 & negative, 0, out var carry);
            r1 = Limbs.Add(r1, TModulus.P1 & negative, carry, out carry);
            r2 = Limbs.Add(r2, TModulus.P2 & negative, carry, out carry);
            r3 += (TModulus.P3 & negative) + carry;
            return new(r0, r1, r2, r3);
        }
    }

    /// <summary>−a.</summary>
    public static PrimeField<TModulus> operator -(in PrimeField<TModulus> a) => Zero - a;

    /// <summary>a·b, by Montgomery multiplication (CIOS; "no-carry" form, valid because p &lt; 2²⁵⁵).</summary>
    /// <remarks>
    /// Koç, Acar, Kaliski 1996, and the observation of gnark-crypto that for a top limb below 2⁶³ − 1 the two carries of
    /// one round fit into one word. Not inlined: at two kilobytes of machine code, formulas with many products would outgrow
    /// the instruction cache.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static PrimeField<TModulus> operator *(in PrimeField<TModulus> a, in PrimeField<TModulus> b)
    {
        ulong b0 = b._l0, b1 = b._l1, b2 = b._l2, b3 = b._l3;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0;
        MultiplyRound(a._l0, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3);
        MultiplyRound(a._l1, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3);
        MultiplyRound(a._l2, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3);
        MultiplyRound(a._l3, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3);

        // The result is below 2p; that its top limb reaches p's is rare enough for a branch to be predicted.
        return t3 < TModulus.P3 ? new(t0, t1, t2, t3) : ReduceOnce(t0, t1, t2, t3);
    }

    /// <summary>a².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PrimeField<TModulus> Square() => this * this;

    /// <summary>2a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PrimeField<TModulus> Double() => this + this;

    /// <summary>a⁻¹.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public PrimeField<TModulus> Invert() =>
        IsZero ? throw new DivideByZeroException($"zero has no inverse in {TModulus.Name}") : InvertNonZero();

    public static bool operator ==(in PrimeField<TModulus> a, in PrimeField<TModulus> b) =>
        ((a._l0 ^ b._l0) | (a._l1 ^ b._l1) | (a._l2 ^ b._l2) | (a._l3 ^ b._l3)) == 0;

    public static bool operator !=(in PrimeField<TModulus> a, in PrimeField<TModulus> b) => !(a == b);

    public bool Equals(PrimeField<TModulus> other) => this == other;

    public override bool Equals(object? obj) => obj is PrimeField<TModulus> other && this == other;

    public override int GetHashCode() => HashCode.Combine(_l0, _l1, _l2, _l3);

    /// <summary>The canonical integer in decimal.</summary>
    public override string ToString() => ToInteger().ToString(System.Globalization.CultureInfo.InvariantCulture);

    static PrimeField<TModulus> IField<PrimeField<TModulus>>.Add(in PrimeField<TModulus> a, in PrimeField<TModulus> b) => a + b;

    static PrimeField<TModulus> IField<PrimeField<TModulus>>.Subtract(in PrimeField<TModulus> a, in PrimeField<TModulus> b) => a - b;

    static PrimeField<TModulus> IField<PrimeField<TModulus>>.Multiply(in PrimeField<TModulus> a, in PrimeField<TModulus> b) => a * b;

    /// <summary>One round: t ← (t + x·b + m·p) / 2⁶⁴ with m chosen so that the division is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyRound(
        ulong x, ulong b0, ulong b1, ulong b2, ulong b3, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3)
    {
        var high = Limbs.MultiplyAdd(x, b0, t0, out var low);
        var m = unchecked(low * TModulus.NegativeInverse);

        // The low word of m·p₀ + low is zero by choice of m, so it carries exactly when low is not zero.
        var carry = Limbs.MultiplyHigh(m, TModulus.P0);
        carry = low != 0 ? carry + 1 : carry;

        high = Limbs.MultiplyAdd(x, b1, t1, high, out low);
        carry = Limbs.MultiplyAdd(m, TModulus.P1, low, carry, out t0);

        high = Limbs.MultiplyAdd(x, b2, t2, high, out low);
        carry = Limbs.MultiplyAdd(m, TModulus.P2, low, carry, out t1);

        high = Limbs.MultiplyAdd(x, b3, t3, high, out low);
        carry = Limbs.MultiplyAdd(m, TModulus.P3, low, carry, out t2);

        // No carry is lost: t < 2p before the round, and the top limb of p is below 2⁶².
        t3 = unchecked(high + carry);
    }

    /// <summary>Subtracts p from a value below 2p unless that would make it negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PrimeField<TModulus> ReduceOnce(ulong r0, ulong r1, ulong r2, ulong r3)
    {
        unchecked
        {
            var s0 = Limbs.Subtract(r0, TModulus.P0, 0, out var borrow);
            var s1 = Limbs.Subtract(r1, TModulus.P1, borrow, out borrow);
            var s2 = Limbs.Subtract(r2, TModulus.P2, borrow, out borrow);
            var s3 = r3 - TModulus.P3 - borrow;

            // The difference lies in (−2²⁵⁴, 2²⁵⁴), so its top bit is its sign. A branch here would be mispredicted half of the time.
            var negative = (ulong)((long)s3 >> 63);
            return new(
                s0 ^ ((s0 ^ r0) & negative), s1 ^ ((s1 ^ r1) & negative), s2 ^ ((s2 ^ r2) & negative), s3 ^ ((s3 ^ r3) & negative));
        }
    }
}
