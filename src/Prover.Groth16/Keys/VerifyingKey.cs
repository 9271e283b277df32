namespace Prover.Groth16;

/// <summary>What a verifier needs of a key. It is as long as the circuit has public wires and no longer.</summary>
/// <remarks>Groth 2016, §3.2.</remarks>
/// <param name="Alpha1">[α]₁.</param>
/// <param name="Beta2">[β]₂.</param>
/// <param name="Gamma2">[γ]₂; the generator in keys that come from a ceremony.</param>
/// <param name="Delta2">[δ]₂.</param>
/// <param name="Ic">[(β·aᵢ + α·bᵢ + cᵢ)/γ]₁ for the constant one and each public wire, in wire order.</param>
public sealed record VerifyingKey(
    G1Affine Alpha1,
    G2Affine Beta2,
    G2Affine Gamma2,
    G2Affine Delta2,
    ReadOnlyMemory<G1Affine> Ic)
{
    /// <summary>Number of public wires, outputs and inputs, the constant one not counted.</summary>
    public int PublicCount => Ic.Length - 1;

    /// <summary>Whether the key says that it was derived from trapdoors that its maker held. One that does not say so may be such a key all the same.</summary>
    public bool IsDevelopmentKey { get; init; }

    /// <summary>
    /// Whether anyone can forge proofs, as before the first phase-2 contribution: with δ = γ, (α, β, −Σ xᵢ·ICᵢ) proves any statement.
    /// </summary>
    public bool AnyoneCanForge => Gamma2.Equals(Delta2);
}
