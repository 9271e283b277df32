using Prover.Algebra;

namespace Prover.Groth16;

/// <summary>Checks proofs.</summary>
public static class Verifier
{
    /// <summary>Whether the proof convinces of the statement.</summary>
    /// <remarks>
    /// Groth 2016, §3.2: e(A, B) = e(α, β)·e(Σ xᵢ·ICᵢ, γ)·e(C, δ) with x₀ = 1, checked as one product of four pairings. Points outside
    /// their curve or subgroup, where the pairing means nothing, make the proof invalid.
    /// </remarks>
    /// <param name="key">The circuit's key, from a source that the caller trusts.</param>
    /// <param name="publicInputs">The values of the public wires, outputs first, without the constant one.</param>
    /// <param name="proof">The proof.</param>
    /// <exception cref="ArgumentException">The number of public inputs is not the key's.</exception>
    public static bool Verify(VerifyingKey key, ReadOnlySpan<Fr> publicInputs, Proof proof)
    {
        if (publicInputs.Length != key.PublicCount)
        {
            throw new ArgumentException($"Verifying key expects {key.PublicCount:N0} public inputs, got {publicInputs.Length:N0}.", nameof(publicInputs));
        }

        return IsWellFormed(proof) && Pairing.ProductIsOne(
        [
            (-proof.A, proof.B),
            (key.Alpha1, key.Beta2),
            (Statement(key, publicInputs).ToAffine(), key.Gamma2),
            (proof.C, key.Delta2),
        ]);
    }

    private static bool IsWellFormed(Proof proof) =>
        proof.A.IsOnCurve() && proof.C.IsOnCurve() && proof.B.IsOnCurve() && proof.B.IsInSubgroup();

    /// <summary>IC₀ + Σ xᵢ·ICᵢ.</summary>
    private static G1Point Statement(VerifyingKey key, ReadOnlySpan<Fr> publicInputs)
    {
        var ic = key.Ic.Span;
        G1Point sum = ic[0];
        for (var i = 0; i < publicInputs.Length; i++)
        {
            sum += (G1Point)ic[i + 1] * publicInputs[i];
        }

        return sum;
    }
}
