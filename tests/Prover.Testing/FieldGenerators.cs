using System.Numerics;
using Prover.Algebra;

namespace Prover.Testing;

/// <summary>Random and edge-case elements: near 0, near p, near powers of 2⁶⁴ and uniform.</summary>
public static class FieldGenerators
{
    /// <summary>Elements of Fr.</summary>
    public static Gen<Fr> Scalars { get; } = Elements<ScalarModulus>();

    /// <summary>Elements of Fq.</summary>
    public static Gen<Fq> Coordinates { get; } = Elements<BaseModulus>();

    /// <summary>Elements of Fq2.</summary>
    public static Gen<Fq2> QuadraticElements { get; } = Gen.Select(Coordinates, Coordinates, (c0, c1) => new Fq2(c0, c1));

    /// <summary>Elements of Fq6.</summary>
    public static Gen<Fq6> SexticElements { get; } =
        Gen.Select(QuadraticElements, QuadraticElements, QuadraticElements, (c0, c1, c2) => new Fq6(c0, c1, c2));

    /// <summary>Elements of Fq12.</summary>
    public static Gen<Fq12> DodecicElements { get; } = Gen.Select(SexticElements, SexticElements, (c0, c1) => new Fq12(c0, c1));

    /// <summary>Elements of the prime field of a modulus.</summary>
    public static Gen<PrimeField<TModulus>> Elements<TModulus>()
        where TModulus : struct, IModulus
    {
        var near = Gen.Int[-3, 3];
        BigInteger[] centers =
        [
            0, TModulus.Value, TModulus.Value / 2, BigInteger.One << 64, BigInteger.One << 128, BigInteger.One << 192, BigInteger.One << 256,
        ];
        var edges = Gen.Select(Gen.Int[0, centers.Length - 1], near, (center, offset) => PrimeField<TModulus>.FromInteger(centers[center] + offset));
        var uniform = Gen.Byte.Array[40].Select(bytes => PrimeField<TModulus>.FromInteger(new BigInteger(bytes, isUnsigned: true)));

        // A Montgomery form of saturated limbs meets the carries that canonical edge cases, scaled by 2²⁵⁶, no longer have.
        var limb = Gen.OneOf(Gen.Const(0UL), Gen.Const(ulong.MaxValue), Gen.ULong);
        var raw = Gen.Select(limb, limb, limb, limb).Select(FromMontgomeryLimbs<TModulus>);
        return Gen.Select(Gen.Int[0, 4], edges, uniform, raw, (choice, near, far, raw) => choice switch { 0 => near, 1 => raw, _ => far });
    }

    private static PrimeField<TModulus> FromMontgomeryLimbs<TModulus>((ulong L0, ulong L1, ulong L2, ulong L3) limbs)
        where TModulus : struct, IModulus
    {
        // Below the top limb of either prime, so the form is reduced whatever the other limbs are.
        var bytes = new byte[PrimeField<TModulus>.ByteCount];
        BitConverter.TryWriteBytes(bytes.AsSpan(0), limbs.L0);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), limbs.L1);
        BitConverter.TryWriteBytes(bytes.AsSpan(16), limbs.L2);
        BitConverter.TryWriteBytes(bytes.AsSpan(24), limbs.L3 % TModulus.P3);
        Assert.True(PrimeField<TModulus>.TryReadMontgomery(bytes, out var element));
        return element;
    }
}
