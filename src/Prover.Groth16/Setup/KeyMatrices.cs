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
        var one = matrix.Coefficients.Span.IndexOf(Fr.One);
        var coefficients = one >= 0 ? matrix.Coefficients : (Fr[])[.. matrix.Coefficients.Span, Fr.One];
        one = one >= 0 ? one : matrix.Coefficients.Length;

        var starts = Pad(matrix.RowStarts.Span, domainSize);
        for (var i = 0; i < extra; i++)
        {
            starts[circuit.ConstraintCount + i + 1] = matrix.TermCount + i + 1;
        }

        starts.AsSpan(circuit.ConstraintCount + extra + 1).Fill(matrix.TermCount + extra);
        return new SparseMatrix(
            starts,
            (int[])[.. matrix.Wires.Span, .. Enumerable.Range(0, extra)],
            (int[])[.. matrix.CoefficientIds.Span, .. Enumerable.Repeat(one, extra)],
            coefficients);
    }

    /// <summary>The matrix with empty rows up to the domain's size.</summary>
    public static SparseMatrix PadRows(SparseMatrix matrix, int domainSize) =>
        matrix with { RowStarts = Pad(matrix.RowStarts.Span, domainSize) };

    private static int[] Pad(ReadOnlySpan<int> rowStarts, int rowCount)
    {
        var padded = new int[rowCount + 1];
        rowStarts.CopyTo(padded);
        padded.AsSpan(rowStarts.Length).Fill(rowStarts[^1]);
        return padded;
    }
}
