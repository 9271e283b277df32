using Prover.Testing;

namespace Prover.Groth16.Tests;

/// <summary>Everything but the very proof of the very statement is refused.</summary>
public class VerifierTests(SampleProof sample)
{
    [Fact]
    public void Neighbouring_statements_are_refused()
    {
        for (var i = 0; i < sample.Statement.Length; i++)
        {
            foreach (var change in new Fr[] { 1, -1, Fr.FromInteger(System.Numerics.BigInteger.One << 64) })
            {
                var statement = sample.Statement;
                statement[i] += change;
                Assert.False(Verifier.Verify(sample.Key.VerifyingKey, statement, sample.Proof));
            }
        }

        Assert.True(Verifies(sample.Proof));
    }

    [Fact]
    public void Swapped_statement_is_refused() =>
        Assert.False(Verifier.Verify(sample.Key.VerifyingKey, [sample.Statement[1], sample.Statement[0]], sample.Proof));

    [Fact]
    public void Swapped_points_are_refused() =>
        Assert.False(Verifies(new Proof(sample.Proof.C, sample.Proof.B, sample.Proof.A)));

    [Fact]
    public void Negated_points_are_refused()
    {
        Assert.False(Verifies(sample.Proof with { A = -sample.Proof.A }));
        Assert.False(Verifies(sample.Proof with { B = -sample.Proof.B }));
        Assert.False(Verifies(sample.Proof with { C = -sample.Proof.C }));
    }

    [Fact]
    public void Negating_both_factors_is_another_proof_of_the_same_statement() =>
        Assert.True(Verifies(sample.Proof with { A = -sample.Proof.A, B = -sample.Proof.B }));

    [Fact]
    public void A_key_without_contributions_is_known_to_prove_anything()
    {
        var key = sample.Key.VerifyingKey;
        var open = key with { Delta2 = key.Gamma2 };
        Fr[] lie = [.. sample.Statement.Select(value => value + Fr.One)];
        G1Point statement = key.Ic.Span[0];
        for (var i = 0; i < lie.Length; i++)
        {
            statement += (G1Point)key.Ic.Span[i + 1] * lie[i];
        }

        var forged = new Proof(key.Alpha1, key.Beta2, -statement.ToAffine());
        Assert.True(Verifier.Verify(open, lie, forged));
        Assert.True(open.AnyoneCanForge);
        Assert.True((sample.Key with { VerifyingKey = open with { IsDevelopmentKey = false }, Contributions = new byte[] { 1, 0, 0, 0 } }).IsInsecure);

        Assert.False(Verifier.Verify(key, lie, forged));
        Assert.False(key.AnyoneCanForge);
        Assert.False((sample.Key with { VerifyingKey = key with { IsDevelopmentKey = false }, Contributions = new byte[] { 1, 0, 0, 0 } }).IsInsecure);
    }

    [Fact]
    public void Points_at_infinity_are_refused()
    {
        Assert.False(Verifies(sample.Proof with { A = G1Affine.Infinity }));
        Assert.False(Verifies(sample.Proof with { B = G2Affine.Infinity }));
        Assert.False(Verifies(sample.Proof with { C = G1Affine.Infinity }));
        Assert.False(Verifies(new Proof(G1Affine.Infinity, G2Affine.Infinity, G1Affine.Infinity)));
    }

    [Fact]
    public void Random_points_are_refused() =>
        Gen.Select(CurveGenerators.G1Points, CurveGenerators.G2Points, CurveGenerators.G1Points)
            .Sample((a, b, c) => !Verifies(new Proof(a, b, c)), iter: 20);

    [Fact]
    public void B_outside_the_subgroup_is_refused() => CurveGenerators.TwistPointsOutsideSubgroup.Sample(
        point => !Verifies(sample.Proof with { B = point })
            && !Verifies(sample.Proof with { B = ((G2Point)sample.Proof.B + ((G2Point)point).MultiplyByOrder()).ToAffine() }),
        iter: 20);

    [Fact]
    public void Points_off_their_curves_are_refused()
    {
        Assert.False(Verifies(sample.Proof with { A = new(sample.Proof.A.X, sample.Proof.A.Y + 1) }));
        Assert.False(Verifies(sample.Proof with { B = new(sample.Proof.B.X.Double(), sample.Proof.B.Y) }));
        Assert.False(Verifies(sample.Proof with { C = new(sample.Proof.C.X + 1, sample.Proof.C.Y) }));
    }

    [Fact]
    public void Wrong_number_of_public_inputs_is_the_callers_mistake()
    {
        var error = Assert.Throws<ArgumentException>(() => Verifier.Verify(sample.Key.VerifyingKey, sample.Statement.AsSpan(1), sample.Proof));
        Assert.Contains("expects 2 public inputs, got 1", error.Message, StringComparison.Ordinal);
    }

    private bool Verifies(Proof proof) => Verifier.Verify(sample.Key.VerifyingKey, sample.Statement, proof);
}
