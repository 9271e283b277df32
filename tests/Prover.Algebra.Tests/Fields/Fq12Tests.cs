using System.Numerics;
using Prover.Testing;

namespace Prover.Algebra.Tests;

public class Fq12Tests : FieldLaws<Fq12>
{
    private static readonly Fq12 W = new(Fq6.Zero, Fq6.One);

    protected override Gen<Fq12> Elements => FieldGenerators.DodecicElements;

    protected override BigInteger Order => BigInteger.Pow(Fq.Modulus, 12);

    protected override int Cases => 30;

    [Fact]
    public void W_to_the_sixth_is_xi() => Assert.Equal(Embed(new Fq2(9, 1)), W.Power(6));

    [Fact]
    public void Line_products_are_products() => Gen.Select(
        Elements, FieldGenerators.QuadraticElements, FieldGenerators.QuadraticElements, FieldGenerators.QuadraticElements).Sample(
        (a, l0, l1, l3) => a.MultiplyByLine(l0, l1, l3) == a * (Embed(l0) + Embed(l1) * W + Embed(l3) * W.Power(3)), iter: Cases);

    [Fact]
    public void Frobenius_is_the_qth_power() => Elements.Sample(a => a.Frobenius() == a.Power(Fq.Modulus), iter: 5);

    [Fact]
    public void Conjugation_is_the_sixth_iterate_of_frobenius() => Elements.Sample(
        a => a.Conjugate == a.Frobenius().Frobenius().Frobenius().Frobenius().Frobenius().Frobenius(), iter: Cases);

    [Fact]
    public void Prints_its_coefficients() => Assert.Equal(
        "(9 + 1·u + (0 + 0·u)·v + (0 + 0·u)·v²) + (1 + 0·u + (0 + 0·u)·v + (0 + 0·u)·v²)·w", (Embed(new Fq2(9, 1)) + W).ToString());

    private static Fq12 Embed(Fq2 value) => new(new Fq6(value, Fq2.Zero, Fq2.Zero), Fq6.Zero);
}
