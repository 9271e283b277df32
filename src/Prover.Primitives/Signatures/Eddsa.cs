using System.Numerics;

namespace Prover.Primitives;

/// <summary>EdDSA over Baby Jubjub with Poseidon: S·B = R + 8·h·A with h = Poseidon(R, A, message).</summary>
/// <remarks>circomlib, EdDSAPoseidonVerifier; the language's circuits/std/eddsa.circuit says the same in constraints.</remarks>
public static class Eddsa
{
    /// <summary>
    /// Whether a signature is valid: S below the subgroup's order, both points on the curve, a key that is not of small order, and the
    /// equation.
    /// </summary>
    public static bool Verify(EdwardsPoint key, Fr message, EddsaSignature signature)
    {
        if (signature.S.Sign < 0 || signature.S >= BabyJubjub.SubgroupOrder || !BabyJubjub.IsOnCurve(key) || !BabyJubjub.IsOnCurve(signature.R))
        {
            return false;
        }

        var key8 = BabyJubjub.Multiply(key, 8);
        if (key8.X.IsZero)
        {
            return false;
        }

        var left = BabyJubjub.Multiply(BabyJubjub.Base8, signature.S);
        var right = BabyJubjub.Add(signature.R, BabyJubjub.Multiply(key8, Challenge(signature.R, key, message)));
        return left == right;
    }

    /// <summary>h as an integer below r.</summary>
    internal static BigInteger Challenge(EdwardsPoint r, EdwardsPoint key, Fr message) =>
        Poseidon.Hash(r.X, r.Y, key.X, key.Y, message).ToInteger();
}
