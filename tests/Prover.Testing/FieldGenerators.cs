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

    private static Gen<PrimeField<TModulus>> Elements<TModulus>()
        where TModulus : struct, IModulus
    {
        var near = Gen.Int[-3, 3];
        BigInteger[] centers = [0, TModulus.Value, BigInteger.One << 64, BigInteger.One << 128, BigInteger.One << 192, TModulus.Value / 2];
        var edges = Gen.Select(Gen.Int[0, centers.Length - 1], near, (center, offset) => PrimeField<TModulus>.FromInteger(centers[center] + offset));
        var uniform = Gen.Byte.Array[40].Select(bytes => PrimeField<TModulus>.FromInteger(new BigInteger(bytes, isUnsigned: true)));
        return Gen.Select(Gen.Int[0, 3], edges, uniform, (choice, near, far) => choice == 0 ? near : far);
    }
}
