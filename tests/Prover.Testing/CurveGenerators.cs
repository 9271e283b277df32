using Prover.Algebra;

namespace Prover.Testing;

/// <summary>Random and special points of G1, of G2, and of G2's curve outside the subgroup.</summary>
public static class CurveGenerators
{
    /// <summary>Points of G1, infinity and small multiples of the generator among them.</summary>
    public static Gen<G1Affine> G1Points { get; } = FieldGenerators.Scalars.Select(k => (G1Point.Generator * k).ToAffine());

    /// <summary>Points of G2, infinity and small multiples of the generator among them.</summary>
    public static Gen<G2Affine> G2Points { get; } = FieldGenerators.Scalars.Select(k => (G2Point.Generator * k).ToAffine());

    /// <summary>Points of y² = x³ + 3/(9+u) whose order is not r: an abscissa drawn at random has one with probability 1/2.</summary>
    public static Gen<G2Affine> TwistPointsOutsideSubgroup { get; } = FieldGenerators.QuadraticElements
        .Select(x => (X: x, Y: SquareRoot(x.Square() * x + G2Curve.B)))
        .Where(point => point.Y is not null)
        .Select(point => new G2Affine(point.X, point.Y!.Value))
        .Where(point => !new G2Point(point).MultiplyByOrder().IsInfinity);

    /// <summary>A square root in Fq2, or null: with s² = c₀² + c₁², √((c₀ ± s)/2) is the root's real part for one of the signs.</summary>
    private static Fq2? SquareRoot(Fq2 value)
    {
        var norm = SquareRoot(value.C0.Square() + value.C1.Square());
        foreach (var sign in new Fq[] { 1, -1 })
        {
            var real = SquareRoot((value.C0 + sign * norm) * ((Fq)2).Invert());
            var root = real.IsZero ? Fq2.Zero : new Fq2(real, value.C1 * real.Double().Invert());
            if (root.Square() == value)
            {
                return root;
            }
        }

        return null;
    }

    /// <summary>A square root of a or of −a, since q ≡ 3 mod 4.</summary>
    private static Fq SquareRoot(Fq value) => value.Power((Fq.Modulus + 1) / 4);
}
