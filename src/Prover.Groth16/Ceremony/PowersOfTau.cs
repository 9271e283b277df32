namespace Prover.Groth16;

/// <summary>What a phase-1 ceremony offers a circuit whose domain has n points: the part of a .ptau that a set-up reads.</summary>
/// <remarks>Lᵢ is the Lagrange polynomial of point i in the domain of n points; τ, α and β are known to nobody if one contributor was honest.</remarks>
public sealed record PowersOfTau
{
    /// <summary>[τⁱ]₁ for i from 0 to 2n − 2.</summary>
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

    /// <summary>n.</summary>
    public int DomainSize => LagrangeG1.Length;
}
