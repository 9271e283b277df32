using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>Turns a circuit's matrices into those of its key.</summary>
internal static class KeyMatrices
{
    /// <summary>A with one more row per constant-or-public wire i, holding 1·wire i, and empty rows up to the domain's size.</summary>
    public static SparseMatrix ExtendA(R1cs circuit, int domainSize)
    {
        var matrix = circuit.A;
        var extra = circuit.PublicCount + 1;
        var one = Array.IndexOf(matrix.Coefficients, Fr.One);
        var coefficients = one >= 0 ? matrix.Coefficients : [.. matrix.Coefficients, Fr.One];
        one = one >= 0 ? one : matrix.Coefficients.Length;

        var starts = Pad(matrix.RowStarts, domainSize);
        for (var i = 0; i < extra; i++)
        {
            starts[circuit.ConstraintCount + i + 1] = matrix.TermCount + i + 1;
        }

        starts.AsSpan(circuit.ConstraintCount + extra + 1).Fill(matrix.TermCount + extra);
        return new SparseMatrix(
            starts,
            [.. matrix.Wires, .. Enumerable.Range(0, extra)],
            [.. matrix.CoefficientIds, .. Enumerable.Repeat(one, extra)],
            coefficients);
    }

    /// <summary>The matrix with empty rows up to the domain's size.</summary>
    public static SparseMatrix PadRows(SparseMatrix matrix, int domainSize) =>
        matrix with { RowStarts = Pad(matrix.RowStarts, domainSize) };

    private static int[] Pad(int[] rowStarts, int rowCount)
    {
        var padded = new int[rowCount + 1];
        rowStarts.CopyTo(padded, 0);
        padded.AsSpan(rowStarts.Length).Fill(rowStarts[^1]);
        return padded;
    }
}
