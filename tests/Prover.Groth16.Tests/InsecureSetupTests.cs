using Prover.Algebra;

namespace Prover.Groth16.Tests;

public class InsecureSetupTests
{
    private static readonly byte[] Seed = "insecure set-up"u8.ToArray();

    [Fact]
    public void Points_match_the_definition()
    {
        var (circuit, _) = SampleCircuit.Chain(length: 5, secret: 3);
        var key = Setup.InsecureDevelopment(circuit, new SeededScalarSource(Seed));

        var source = new SeededScalarSource(Seed);
        var (tau, alpha, beta, gamma, delta) = (source.Next(), source.Next(), source.Next(), source.Next(), source.Next());
        var domain = new EvaluationDomain(3);
        Assert.Equal(domain.Size, key.DomainSize);
        var lagrange = domain.EvaluateLagrange(tau);
        for (var wire = 0; wire < circuit.WireCount; wire++)
        {
            var (a, b, c) = (Fr.Zero, Fr.Zero, Fr.Zero);
            for (var row = 0; row < circuit.ConstraintCount; row++)
            {
                a += lagrange[row] * Entry(circuit.A, row, wire);
                b += lagrange[row] * Entry(circuit.B, row, wire);
                c += lagrange[row] * Entry(circuit.C, row, wire);
            }

            a += wire <= circuit.PublicCount ? lagrange[circuit.ConstraintCount + wire] : Fr.Zero;
            Assert.Equal((G1Point.Generator * a).ToAffine(), key.A.Span[wire]);
            Assert.Equal((G1Point.Generator * b).ToAffine(), key.B1.Span[wire]);
            Assert.Equal((G2Point.Generator * b).ToAffine(), key.B2.Span[wire]);
            var combined = (beta * a) + (alpha * b) + c;
            if (wire <= circuit.PublicCount)
            {
                Assert.Equal((G1Point.Generator * (combined * gamma.Invert())).ToAffine(), key.VerifyingKey.Ic.Span[wire]);
            }
            else
            {
                Assert.Equal((G1Point.Generator * (combined * delta.Invert())).ToAffine(), key.C.Span[wire - circuit.PublicCount - 1]);
            }
        }

        var doubled = new EvaluationDomain(4).EvaluateLagrange(tau);
        for (var i = 0; i < key.DomainSize; i++)
        {
            Assert.Equal((G1Point.Generator * (doubled[(2 * i) + 1] * delta.Invert())).ToAffine(), key.H.Span[i]);
        }

        Assert.Equal((G1Point.Generator * alpha).ToAffine(), key.VerifyingKey.Alpha1);
        Assert.Equal((G1Point.Generator * beta).ToAffine(), key.Beta1);
        Assert.Equal((G1Point.Generator * delta).ToAffine(), key.Delta1);
        Assert.Equal((G2Point.Generator * beta).ToAffine(), key.VerifyingKey.Beta2);
        Assert.Equal((G2Point.Generator * gamma).ToAffine(), key.VerifyingKey.Gamma2);
        Assert.Equal((G2Point.Generator * delta).ToAffine(), key.VerifyingKey.Delta2);
        Assert.True(key.IsInsecure);
    }

    [Theory]
    [InlineData(5, 3)] // 5 rows + 3 public ones = 8 points exactly
    [InlineData(6, 4)] // one more
    [InlineData(1, 2)]
    public void Domain_holds_rows_and_public_wires(int rows, int logSize) =>
        Assert.Equal(logSize, CircuitDomain.Of(SampleCircuit.Chain(rows, 1).Circuit).LogSize);

    [Fact]
    public void Same_seed_gives_same_key_and_other_seed_another()
    {
        var (circuit, _) = SampleCircuit.Chain(length: 3, secret: 3);
        var first = Setup.InsecureDevelopment(circuit, new SeededScalarSource(Seed));
        var again = Setup.InsecureDevelopment(circuit, new SeededScalarSource(Seed));
        var other = Setup.InsecureDevelopment(circuit, new SeededScalarSource(new byte[] { 1 }));
        Assert.Equal(first.A.ToArray(), again.A.ToArray());
        Assert.NotEqual(first.A.ToArray(), other.A.ToArray());
    }

    private static Fr Entry(Constraints.SparseMatrix matrix, int row, int wire)
    {
        var term = matrix.WiresOf(row).IndexOf(wire);
        return term < 0 ? Fr.Zero : matrix.Coefficients.Span[matrix.CoefficientIdsOf(row)[term]];
    }
}
