using System.Numerics;
using Prover.Testing;

namespace Prover.Algebra.Tests;

public class Fq6Tests : FieldLaws<Fq6>
{
    private static readonly Fq6 V = new(Fq2.Zero, Fq2.One, Fq2.Zero);

    protected override Gen<Fq6> Elements => FieldGenerators.SexticElements;

    protected override BigInteger Order => BigInteger.Pow(Fq.Modulus, 6);

    protected override int Cases => 50;

    [Fact]
    public void V_cubed_is_xi() => Assert.Equal(new Fq6(new Fq2(9, 1), Fq2.Zero, Fq2.Zero), V * V * V);

    [Fact]
    public void Special_products_are_products() => Gen.Select(Elements, FieldGenerators.QuadraticElements, FieldGenerators.QuadraticElements).Sample(
        (a, b0, b1) => a.MultiplyByV() == a * V && a * b0 == a * new Fq6(b0, Fq2.Zero, Fq2.Zero) &&
            a.MultiplyBySparse(b0, b1) == a * new Fq6(b0, b1, Fq2.Zero), iter: Cases);
}
