namespace Prover.Algebra;

/// <summary>The map (x, y) ↦ (w²x, w³y) from G2's curve over Fq2 to G1's equation over Fq12, and Frobenius seen through it.</summary>
internal static class Twist
{
    private static readonly Fq2 Xi = new(9, 1);

    /// <summary>γⁱ for i = 0…5, where γ = w^(q−1) = ξ^((q−1)/6), because w⁶ = ξ.</summary>
    public static Fq2[] FrobeniusPowers { get; } = Powers(Xi.Power((Fq.Modulus - 1) / 6));

    /// <summary>ψ: untwist, raise the coordinates to the q-th power, twist back: (x̄·γ², ȳ·γ³).</summary>
    public static G2Affine Frobenius(in G2Affine point) =>
        new(point.X.Conjugate * FrobeniusPowers[2], point.Y.Conjugate * FrobeniusPowers[3]);

    private static Fq2[] Powers(Fq2 gamma)
    {
        var powers = new Fq2[6];
        powers[0] = Fq2.One;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * gamma;
        }

        return powers;
    }
}
