using System.Numerics;
using Prover.Testing;

namespace Prover.Algebra.Tests;

public class Fq2Tests : FieldLaws<Fq2>
{
    protected override Gen<Fq2> Elements => FieldGenerators.QuadraticElements;

    protected override BigInteger Order => BigInteger.Pow(Fq.Modulus, 2);

    [Fact]
    public void U_squared_is_minus_one() => Assert.Equal(-Fq2.One, new Fq2(0, 1).Square());

    [Fact]
    public void Xi_is_nine_plus_u() => Elements.Sample(a => a.MultiplyByXi() == a * new Fq2(9, 1));

    [Fact]
    public void Xi_is_neither_a_square_nor_a_cube()
    {
        var xi = Fq2.One.MultiplyByXi();
        Assert.NotEqual(Fq2.One, xi.Power((Order - 1) / 2));
        Assert.NotEqual(Fq2.One, xi.Power((Order - 1) / 3));
    }

    [Fact]
    public void Conjugation_is_the_frobenius_map() => Elements.Sample(a => a.Conjugate == a.Power(Fq.Modulus), iter: 10);

    [Fact]
    public void Scaling_is_multiplication_by_the_embedded_scalar() => Gen.Select(Elements, FieldGenerators.Coordinates).Sample(
        (a, k) => a * k == a * new Fq2(k, 0));

    [Fact]
    public void Prints_its_coefficients() => Assert.Equal("9 + 1·u", new Fq2(9, 1).ToString());
}
