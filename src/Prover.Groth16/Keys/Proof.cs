namespace Prover.Groth16;

/// <summary>A Groth16 proof: 256 bytes uncompressed.</summary>
/// <remarks>Groth 2016, §3.2. Points come from readers that have checked them; <see cref="Verifier"/> checks them again.</remarks>
/// <param name="A">[A]₁.</param>
/// <param name="B">[B]₂.</param>
/// <param name="C">[C]₁.</param>
public sealed record Proof(G1Affine A, G2Affine B, G1Affine C);
