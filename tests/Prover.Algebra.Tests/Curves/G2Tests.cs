using System.Numerics;
using Prover.Testing;

namespace Prover.Algebra.Tests;

public class G2Tests : CurveLaws<Fq2, G2Curve>
{
    /// <summary>The order of the twist is (2q − r)·r, so points outside G2 have a part whose order divides this.</summary>
    private static readonly BigInteger Cofactor = 2 * Fq.Modulus - Fr.Modulus;

    protected override Gen<G2Affine> Points => CurveGenerators.G2Points;

    protected override Gen<Fq2> Coordinates => FieldGenerators.QuadraticElements;

    protected override int Cases => 20;

    [Fact]
    public void Twist_constant_times_xi_is_three() => Assert.Equal(new Fq2(3, 0), G2Curve.B.MultiplyByXi());

    [Fact]
    public void Points_of_the_subgroup_are_accepted() => Points.Sample(p => p.IsInSubgroup() && new G2Point(p).MultiplyByOrder().IsInfinity, iter: Cases);

    [Fact]
    public void Points_outside_the_subgroup_are_refused() => Gen.Select(CurveGenerators.TwistPointsOutsideSubgroup, Points).Sample(
        (outside, inside) => outside.IsOnCurve() && !outside.IsInSubgroup() && !(new G2Point(outside) + inside).ToAffine().IsInSubgroup() &&
            Multiply(outside, Cofactor).ToAffine().IsInSubgroup(), iter: Cases);

    [Fact]
    public void Points_of_small_order_are_refused()
    {
        BigInteger order = 10069;
        Assert.True((Cofactor % order).IsZero);
        CurveGenerators.TwistPointsOutsideSubgroup.Sample(
            point =>
            {
                var small = Multiply(point, Cofactor * Fr.Modulus / order);
                return small.IsInfinity || (Multiply(small.ToAffine(), order).IsInfinity && !small.ToAffine().IsInSubgroup());
            }, iter: 3);
    }

    [Fact]
    public void Subgroup_relation_holds_exactly_for_the_points_of_order_r()
    {
        BigInteger x = BarretoNaehrig.Parameter;
        BigInteger q = Fq.Modulus, r = Fr.Modulus, trace = q + 1 - r;
        Assert.True(((x + 1 + x * q + x * q * q - 2 * x * q * q * q) % r).IsZero);

        // (x+1) + xX + xX² − 2xX³ modulo X² − tX + q is a + bX, of norm a² + abt + b²q.
        BigInteger[] c = [x + 1, x, x, -2 * x];
        (c[1], c[2]) = (c[1] - q * c[3], c[2] + trace * c[3]);
        var (a, b) = (c[0] - q * c[2], c[1] + trace * c[2]);
        Assert.Equal(r, BigInteger.GreatestCommonDivisor(a * a + a * b * trace + b * b * q, Cofactor * r));
    }

    private static G2Point Multiply(G2Affine point, BigInteger scalar)
    {
        var result = G2Point.Infinity;
        for (var bit = (int)scalar.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = result.Double();
            result = ((scalar >> bit) & 1).IsOne ? result + point : result;
        }

        return result;
    }
}
