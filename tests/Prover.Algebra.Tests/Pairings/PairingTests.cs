using Prover.Testing;

namespace Prover.Algebra.Tests;

public class PairingTests
{
    private static readonly G1Affine P = G1Affine.Generator;
    private static readonly G2Affine Q = G2Affine.Generator;

    private static Gen<(G1Affine P, G2Affine Q)> Pairs { get; } = Gen.Select(
        FieldGenerators.Scalars, FieldGenerators.Scalars, (a, b) => ((G1Point.Generator * a).ToAffine(), (G2Point.Generator * b).ToAffine()));

    [Fact]
    public void Matches_the_textbook_definition()
    {
        Assert.Equal(TextbookPairing.Evaluate(P, Q), Pairing.Evaluate(P, Q));
        Pairs.Where(pair => !pair.P.IsInfinity && !pair.Q.IsInfinity)
            .Sample(pair => TextbookPairing.Evaluate(pair.P, pair.Q) == Pairing.Evaluate(pair.P, pair.Q), iter: 3);
    }

    [Fact]
    public void Generators_pair_to_a_primitive_root_of_unity()
    {
        var value = Pairing.Evaluate(P, Q);
        Assert.NotEqual(Fq12.One, value);
        Assert.Equal(Fq12.One, value.Power(Fr.Modulus));
    }

    [Fact]
    public void Scalars_move_between_the_arguments_and_the_exponent() => Gen.Select(FieldGenerators.Scalars, FieldGenerators.Scalars).Sample(
        (a, b) => Pairing.Evaluate((G1Point.Generator * a).ToAffine(), (G2Point.Generator * b).ToAffine()) ==
            Pairing.Evaluate(P, Q).Power((a * b).ToInteger()), iter: 20);

    [Fact]
    public void Sums_in_either_argument_become_products() => Gen.Select(Pairs, Pairs).Sample(
        (first, second) =>
            Pairing.Evaluate(((G1Point)first.P + second.P).ToAffine(), first.Q) ==
                Pairing.Evaluate(first.P, first.Q) * Pairing.Evaluate(second.P, first.Q) &&
            Pairing.Evaluate(first.P, ((G2Point)first.Q + second.Q).ToAffine()) ==
                Pairing.Evaluate(first.P, first.Q) * Pairing.Evaluate(first.P, second.Q), iter: 20);

    [Fact]
    public void Infinity_pairs_to_one()
    {
        Assert.Equal(Fq12.One, Pairing.Evaluate(G1Affine.Infinity, Q));
        Assert.Equal(Fq12.One, Pairing.Evaluate(P, G2Affine.Infinity));
        Assert.Equal(Pairing.Evaluate(P, Q), Pairing.FinalExponentiation(Pairing.MillerLoop([(G1Affine.Infinity, Q), (P, Q), (P, G2Affine.Infinity)])));
    }

    [Fact]
    public void Product_check_accepts_exactly_the_scalars_that_cancel() => Gen.Select(
        FieldGenerators.Scalars, FieldGenerators.Scalars, FieldGenerators.Scalars).Sample((a, b, c) =>
        {
            (G1Affine, G2Affine) Pair(Fr left, Fr right) => ((G1Point.Generator * left).ToAffine(), (G2Point.Generator * right).ToAffine());
            return Pairing.ProductIsOne([Pair(a, b), Pair(-1, a * b - c), Pair(-c, 1)]) &&
                !Pairing.ProductIsOne([Pair(a, b), Pair(-1, a * b - c), Pair(-c, 2), Pair(c - 1, 1)]);
        }, iter: 20);

    [Fact]
    public void Empty_product_is_one() => Assert.True(Pairing.ProductIsOne([]));

    [Fact]
    public void Final_exponentiation_is_the_power_of_its_definition()
    {
        var value = Pairing.MillerLoop([(P, Q)]) + Fq12.One;
        Assert.Equal(value.Power(TextbookPairing.FinalExponent), Pairing.FinalExponentiation(value));
    }
}
