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

    /// <summary>Whether a finite point of the twist has order r.</summary>
    /// <remarks>
    /// Dai, Lin, Zhao, Zhou, "Fast Subgroup Membership Testings for G1, G2 and GT" (2022): exactly the points of G2 satisfy
    /// (x+1)·Q + x·ψ(Q) + x·ψ²(Q) = 2x·ψ³(Q). On G2, ψ is multiplication by q, and the relation holds because
    /// (x+1) + xq + xq² − 2xq³ ≡ 0 mod r. Conversely ψ² − tψ + q = 0 on the whole twist, so a point that satisfies the relation
    /// is annihilated by the norm N of (x+1) + xX + xX² − 2xX³ modulo X² − tX + q as well as by the twist's order (2q − r)·r,
    /// and the greatest common divisor of both numbers is r.
    /// </remarks>
    public static bool IsInSubgroup(in G2Affine point)
    {
        var multiple = new G2Point(point).Multiply([BarretoNaehrig.Parameter]).ToAffine();
        var first = Frobenius(multiple);
        var second = Frobenius(first);
        return new G2Point(point) + multiple + first + second == new G2Point(Frobenius(second)).Double();
    }

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
