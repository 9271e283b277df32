using System.Numerics;

namespace Prover.Algebra;

/// <summary>
/// The configuration of a prime field: an odd prime below 2²⁵⁴ and the constants Montgomery arithmetic needs.
/// </summary>
/// <remarks>
/// Constants are spelled out so that the compiler folds them into the kernels; <c>ModulusConstantsTests</c> recomputes
/// each of them from <see cref="Value"/>.
/// </remarks>
public interface IModulus
{
    /// <summary>Limb 0 (least significant) of the prime.</summary>
    static abstract ulong P0 { get; }

    /// <summary>Limb 1 of the prime.</summary>
    static abstract ulong P1 { get; }

    /// <summary>Limb 2 of the prime.</summary>
    static abstract ulong P2 { get; }

    /// <summary>Limb 3 (most significant) of the prime.</summary>
    static abstract ulong P3 { get; }

    /// <summary>−p⁻¹ mod 2⁶⁴, the factor that annihilates a limb in Montgomery reduction.</summary>
    static abstract ulong NegativeInverse { get; }

    /// <summary>The prime as an integer.</summary>
    static abstract BigInteger Value { get; }

    /// <summary>The field's name in messages: "Fr" or "Fq".</summary>
    static abstract string Name { get; }
}

/// <summary>The order r of BN254's groups, the field in which circuits compute.</summary>
/// <remarks>EIP-196; also the base field of Baby Jubjub (EIP-2494).</remarks>
public readonly struct ScalarModulus : IModulus
{
    public static ulong P0 => 0x43e1f593f0000001;
    public static ulong P1 => 0x2833e84879b97091;
    public static ulong P2 => 0xb85045b68181585d;
    public static ulong P3 => 0x30644e72e131a029;
    public static ulong NegativeInverse => 0xc2e1f593efffffff;

    public static BigInteger Value { get; } =
        BigInteger.Parse("21888242871839275222246405745257275088548364400416034343698204186575808495617", null);

    public static string Name => "Fr";
}

/// <summary>The prime q over which the points of BN254 have their coordinates.</summary>
/// <remarks>EIP-196.</remarks>
public readonly struct BaseModulus : IModulus
{
    public static ulong P0 => 0x3c208c16d87cfd47;
    public static ulong P1 => 0x97816a916871ca8d;
    public static ulong P2 => 0xb85045b68181585d;
    public static ulong P3 => 0x30644e72e131a029;
    public static ulong NegativeInverse => 0x87d20782e4866389;

    public static BigInteger Value { get; } =
        BigInteger.Parse("21888242871839275222246405745257275088696311157297823662689037894645226208583", null);

    public static string Name => "Fq";
}
