using Prover.Algebra;

namespace Prover.Testing;

/// <summary>The axioms of the group of points of order r, and what its representations owe each other.</summary>
public abstract class CurveLaws<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private static readonly CurvePoint<TField, TCurve> Infinity = CurvePoint<TField, TCurve>.Infinity;

    /// <summary>Points to try, infinity and small multiples of the generator among them.</summary>
    protected abstract Gen<AffinePoint<TField, TCurve>> Points { get; }

    /// <summary>Elements of the coordinates' field.</summary>
    protected abstract Gen<TField> Coordinates { get; }

    /// <summary>How many random cases a law is tried on.</summary>
    protected virtual int Cases => 50;

    /// <summary>Points in Jacobian form with a Z that is not one.</summary>
    private Gen<CurvePoint<TField, TCurve>> Scaled => Points.Select(p => new CurvePoint<TField, TCurve>(p).Double() + -new CurvePoint<TField, TCurve>(p));

    [Fact]
    public void Addition_is_associative() => Gen.Select(Scaled, Scaled, Scaled).Sample((a, b, c) => (a + b) + c == a + (b + c), iter: Cases);

    [Fact]
    public void Addition_is_commutative() => Gen.Select(Scaled, Scaled).Sample((a, b) => a + b == b + a, iter: Cases);

    [Fact]
    public void Infinity_is_neutral() => Scaled.Sample(
        a => a + Infinity == a && Infinity + a == a && a + AffinePoint<TField, TCurve>.Infinity == a && Infinity + a.ToAffine() == a, iter: Cases);

    [Fact]
    public void Opposite_points_add_to_infinity() => Points.Sample(
        p =>
        {
            var a = new CurvePoint<TField, TCurve>(p);
            return (a + -a).IsInfinity && (a - a).IsInfinity && (a.Double() + -p + -p).IsInfinity && (a + -p).IsInfinity;
        }, iter: Cases);

    [Fact]
    public void Double_is_the_sum_with_itself() => Points.Sample(
        p =>
        {
            var a = new CurvePoint<TField, TCurve>(p);
            return a + a == a.Double() && a + p == a.Double() && a.Double() + p == a + a.Double();
        }, iter: Cases);

    [Fact]
    public void Mixed_addition_is_addition() => Gen.Select(Scaled, Points).Sample(
        (a, p) => a + p == a + new CurvePoint<TField, TCurve>(p), iter: Cases);

    [Fact]
    public void Sums_follow_the_chord_and_tangent_rule() => Gen.Select(Points, Points).Where((a, b) => !a.IsInfinity && !b.IsInfinity && a != -b).Sample(
        (a, b) => (new CurvePoint<TField, TCurve>(a) + b).ToAffine() == ChordAndTangent(a, b), iter: Cases);

    [Fact]
    public void Points_stay_on_the_curve_and_in_the_subgroup() => Gen.Select(Points, Points).Sample(
        (a, b) => (new CurvePoint<TField, TCurve>(a) + b).ToAffine() is var sum && sum.IsOnCurve() && sum.IsInSubgroup(), iter: Cases);

    [Fact]
    public void Generator_has_order_r()
    {
        var generator = AffinePoint<TField, TCurve>.Generator;
        Assert.True(generator.IsOnCurve());
        Assert.False(generator.IsInfinity);
        Assert.True(new CurvePoint<TField, TCurve>(generator).MultiplyByOrder().IsInfinity);
        Assert.Equal(-generator, (CurvePoint<TField, TCurve>.Generator * (Fr)(-1)).ToAffine());
    }

    [Fact]
    public void Scalars_act_linearly() => Gen.Select(Scaled, Scaled, FieldGenerators.Scalars, FieldGenerators.Scalars).Sample(
        (p, q, a, b) => p * (a + b) == p * a + p * b && p * (a * b) == p * a * b && (p + q) * a == p * a + q * a, iter: 10);

    [Fact]
    public void Small_scalars_are_repeated_addition() => Points.Sample(
        p =>
        {
            var sum = Infinity;
            for (var k = 0; k < 20; k++, sum += p)
            {
                if (new CurvePoint<TField, TCurve>(p) * (Fr)k != sum)
                {
                    return false;
                }
            }

            return true;
        }, iter: 5);

    [Fact]
    public void Affine_forms_survive_projection() => Points.Sample(
        p => new CurvePoint<TField, TCurve>(p).ToAffine() == p && (new CurvePoint<TField, TCurve>(p).Double() + -p).ToAffine() == p, iter: Cases);

    [Fact]
    public void Batch_normalisation_is_normalisation() => Scaled.Array[0, 20].Sample(
        points => CurvePoint<TField, TCurve>.ToAffine(points).SequenceEqual(points.Select(p => p.ToAffine())), iter: Cases);

    [Fact]
    public void Equality_ignores_the_scale() => Gen.Select(Scaled, Points).Sample(
        (a, p) => (a == new CurvePoint<TField, TCurve>(p)) == (a.ToAffine() == p) && a == new CurvePoint<TField, TCurve>(a.ToAffine()) &&
            a.GetHashCode() == new CurvePoint<TField, TCurve>(a.ToAffine()).GetHashCode(), iter: Cases);

    [Fact]
    public void Points_beside_the_curve_are_refused() => Gen.Select(Points, Coordinates).Where((p, d) => !p.IsInfinity && !d.IsZero).Sample(
        (p, d) =>
        {
            // The line through p of direction (0, 1) meets the curve only in p and −p.
            var neighbour = new AffinePoint<TField, TCurve>(p.X, TField.Add(p.Y, d));
            return p.IsOnCurve() && neighbour.IsOnCurve() == (neighbour == -p);
        }, iter: Cases);

    private static AffinePoint<TField, TCurve> ChordAndTangent(AffinePoint<TField, TCurve> a, AffinePoint<TField, TCurve> b)
    {
        var square = a.X.Square();
        var slope = a == b
            ? TField.Multiply(TField.Add(square.Double(), square), a.Y.Double().InvertNonZero())
            : TField.Multiply(TField.Subtract(b.Y, a.Y), TField.Subtract(b.X, a.X).InvertNonZero());
        var x = TField.Subtract(TField.Subtract(slope.Square(), a.X), b.X);
        return new(x, TField.Subtract(TField.Multiply(slope, TField.Subtract(a.X, x)), a.Y));
    }
}
