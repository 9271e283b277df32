using Prover.Constraints;
using Prover.Groth16;

namespace Prover.Formats.Tests;

/// <summary>Whether two keys are the same in every part.</summary>
internal static class KeyEquality
{
    public static void Require(ProvingKey expected, ProvingKey actual)
    {
        var (left, right) = (expected.VerifyingKey, actual.VerifyingKey);
        Assert.Equal(left with { Ic = default }, right with { Ic = default });
        Assert.Equal(left.Ic.ToArray(), right.Ic.ToArray());
        Assert.Equal(expected.Beta1, actual.Beta1);
        Assert.Equal(expected.Delta1, actual.Delta1);
        Assert.Equal(expected.A.ToArray(), actual.A.ToArray());
        Assert.Equal(expected.B1.ToArray(), actual.B1.ToArray());
        Assert.Equal(expected.B2.ToArray(), actual.B2.ToArray());
        Assert.Equal(expected.C.ToArray(), actual.C.ToArray());
        Assert.Equal(expected.H.ToArray(), actual.H.ToArray());
        Require(expected.MatrixA, actual.MatrixA);
        Require(expected.MatrixB, actual.MatrixB);
        Assert.Equal(expected.CircuitHash.ToArray(), actual.CircuitHash.ToArray());
        Assert.Equal(expected.Contributions.ToArray(), actual.Contributions.ToArray());
    }

    private static void Require(SparseMatrix expected, SparseMatrix actual)
    {
        Assert.Equal(expected.RowStarts.ToArray(), actual.RowStarts.ToArray());
        Assert.Equal(expected.Wires.ToArray(), actual.Wires.ToArray());
        Assert.Equal(Coefficients(expected), Coefficients(actual));

        static Fr[] Coefficients(SparseMatrix matrix) => Array.ConvertAll(matrix.CoefficientIds.ToArray(), id => matrix.Coefficients.Span[id]);
    }
}
