namespace Prover.Groth16;

/// <summary>What a phase-1 ceremony offers a circuit whose domain has n points: the part of a .ptau that a set-up reads.</summary>
/// <remarks>Lᵢ is the Lagrange polynomial of point i in the domain of n points; τ, α and β are known to nobody if one contributor was honest.</remarks>
public sealed record PowersOfTau
{
    private const int HashChunkLength = 1 << 14;

    /// <summary>[τⁱ]₁ for i below <see cref="PowersNeeded"/>.</summary>
    public required ReadOnlyMemory<G1Affine> TauG1 { get; init; }

    /// <summary>[Lᵢ(τ)]₁.</summary>
    public required ReadOnlyMemory<G1Affine> LagrangeG1 { get; init; }

    /// <summary>[Lᵢ(τ)]₂.</summary>
    public required ReadOnlyMemory<G2Affine> LagrangeG2 { get; init; }

    /// <summary>[α·Lᵢ(τ)]₁.</summary>
    public required ReadOnlyMemory<G1Affine> AlphaLagrangeG1 { get; init; }

    /// <summary>[β·Lᵢ(τ)]₁.</summary>
    public required ReadOnlyMemory<G1Affine> BetaLagrangeG1 { get; init; }

    /// <summary>The Lagrange polynomials of the domain of 2n points at its odd points, at τ, in G1; right for sums of degree below 2n − 1.</summary>
    public required ReadOnlyMemory<G1Affine> OddLagrangeG1 { get; init; }

    /// <summary>[α]₁.</summary>
    public required G1Affine Alpha1 { get; init; }

    /// <summary>[β]₁.</summary>
    public required G1Affine Beta1 { get; init; }

    /// <summary>[β]₂.</summary>
    public required G2Affine Beta2 { get; init; }

    /// <summary>How many powers of τ a key for n points is hashed with: 2n − 1, or 2n from n = 2¹⁵ on.</summary>
    /// <remarks>
    /// The quotient needs [τⁱ(τⁿ − 1)]₁ for i below n − 1. snarkjs 0.7.6 hashes them in chunks of 2¹⁴ and does not shorten the last one
    /// (zkey_new.js, hashHPoints), so in larger domains i = n − 1 comes along.
    /// </remarks>
    public static int PowersNeeded(int domainSize) => (2 * domainSize) - (domainSize <= HashChunkLength ? 1 : 0);

    /// <summary>n.</summary>
    public int DomainSize => LagrangeG1.Length;
}
