using System.Buffers.Binary;
using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>Everything a prover needs of a circuit: the points of the common reference string and the matrices A and B.</summary>
/// <remarks>
/// Groth 2016, §3.2, in the arrangement of iden3's .zkey: below, aᵢ, bᵢ, cᵢ are the values at τ of the polynomials that
/// interpolate wire i's columns on the domain, and n is the size of the domain.
/// <para>
/// Besides the circuit's rows the matrices have one row per constant-or-public wire i, in which A is wire i and B is zero. They make
/// the polynomials aᵢ of public wires linearly independent, without which a statement could be changed under a proof.
/// </para>
/// </remarks>
public sealed record ProvingKey
{
    /// <summary>The part that verifiers have too.</summary>
    public required VerifyingKey VerifyingKey { get; init; }

    /// <summary>[β]₁.</summary>
    public required G1Affine Beta1 { get; init; }

    /// <summary>[δ]₁.</summary>
    public required G1Affine Delta1 { get; init; }

    /// <summary>[aᵢ]₁ for every wire.</summary>
    public required ReadOnlyMemory<G1Affine> A { get; init; }

    /// <summary>[bᵢ]₁ for every wire.</summary>
    public required ReadOnlyMemory<G1Affine> B1 { get; init; }

    /// <summary>[bᵢ]₂ for every wire.</summary>
    public required ReadOnlyMemory<G2Affine> B2 { get; init; }

    /// <summary>[(β·aᵢ + α·bᵢ + cᵢ)/δ]₁ for every wire that is neither the constant one nor public.</summary>
    public required ReadOnlyMemory<G1Affine> C { get; init; }

    /// <summary>[L₂ᵢ₊₁(τ)/δ]₁ for i below n, where Lⱼ is the Lagrange polynomial of point j in the domain of 2n points.</summary>
    public required ReadOnlyMemory<G1Affine> H { get; init; }

    /// <summary>The matrix A with its extra public rows, padded with empty rows to n.</summary>
    public required SparseMatrix MatrixA { get; init; }

    /// <summary>The matrix B, padded with empty rows to n.</summary>
    public required SparseMatrix MatrixB { get; init; }

    /// <summary>
    /// 64 bytes of BLAKE2b over the key as it was before any phase-2 contribution, snarkjs's "circuit hash"; zeros in a key that no
    /// ceremony made.
    /// </summary>
    public required ReadOnlyMemory<byte> CircuitHash { get; init; }

    /// <summary>The phase-2 contributions: their count and records exactly as section 10 of a .zkey keeps them after the circuit hash.</summary>
    public required ReadOnlyMemory<byte> Contributions { get; init; }

    /// <summary>Whether the key was derived from trapdoors that its maker held. Never use such a key with a chain that holds value.</summary>
    public bool IsDevelopmentKey => VerifyingKey.IsDevelopmentKey;

    /// <summary>Number of phase-2 contributions.</summary>
    public int ContributionCount => BinaryPrimitives.ReadInt32LittleEndian(Contributions.Span);

    /// <summary>
    /// Whether somebody can forge proofs: the maker of a development key, or anyone at all if no contribution has replaced δ = 1.
    /// </summary>
    public bool IsInsecure => IsDevelopmentKey || ContributionCount == 0 || VerifyingKey.AnyoneCanForge;

    /// <summary>Number of wires, the constant one included.</summary>
    public int WireCount => A.Length;

    /// <summary>Number of public wires, the constant one not counted.</summary>
    public int PublicCount => VerifyingKey.PublicCount;

    /// <summary>The number n of points in the domain, a power of two.</summary>
    public int DomainSize => H.Length;
}
