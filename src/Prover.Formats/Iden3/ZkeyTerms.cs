using Prover.Constraints;

namespace Prover.Formats;

/// <summary>Section 4 of a .zkey: the terms of the matrices A and B, each as matrix, row, wire and coefficient.</summary>
/// <remarks>
/// The 32 bytes of a coefficient c are those of c·R² mod r with R = 2²⁵⁶ (snarkjs, zkey_new.js, writeCoef): read as a Montgomery form
/// they stand for c·R, so that one Montgomery product with a canonical witness value gives a Montgomery form.
/// </remarks>
internal static class ZkeyTerms
{
    private static readonly Fr Radix = Fr.FromInteger(System.Numerics.BigInteger.One << 256);
    private static readonly Fr InverseRadix = Radix.InvertNonZero();

    private readonly record struct Term(int Wire, int CoefficientId);

    /// <summary>The matrices A and B, with a row for each point of the domain.</summary>
    public static (SparseMatrix A, SparseMatrix B) Read(ByteReader reader, int wireCount, int domainSize)
    {
        var count = reader.ReadCount("the number of coefficients", reader.Remaining / ZkeySections.TermLength);
        if (reader.Remaining != (long)count * ZkeySections.TermLength)
        {
            throw reader.Malformed($"{count:N0} coefficients make {(long)count * ZkeySections.TermLength:N0} bytes, the section has {reader.Remaining:N0} left.");
        }

        var places = new (byte Matrix, int Row)[count];
        var terms = new Term[count];
        var interned = new Dictionary<Fr, int>();
        var coefficients = new List<Fr>();
        for (var i = 0; i < count; i++)
        {
            places[i] = ((byte)reader.ReadCount("the matrix of a coefficient (0 is A, 1 is B)", 1), reader.ReadCount("the row of a coefficient", domainSize - 1));
            var wire = reader.ReadCount("the wire of a coefficient", wireCount - 1);
            if (!Fr.TryReadMontgomery(reader.Take(Fr.ByteCount), out var scaled) || scaled.IsZero)
            {
                throw reader.MalformedBefore(Fr.ByteCount, "a coefficient must be below r and not zero.");
            }

            if (!interned.TryGetValue(scaled, out var id))
            {
                id = coefficients.Count;
                interned.Add(scaled, id);
                coefficients.Add(scaled * InverseRadix);
            }

            terms[i] = new Term(wire, id);
        }

        Fr[] shared = [.. coefficients];
        return (Gather(reader, places, terms, matrix: 0, domainSize, shared), Gather(reader, places, terms, matrix: 1, domainSize, shared));
    }

    /// <summary>Number of bytes of the section.</summary>
    public static long Length(SparseMatrix a, SparseMatrix b) => sizeof(uint) + (((long)a.TermCount + b.TermCount) * ZkeySections.TermLength);

    /// <summary>Row by row, A's terms before B's, as snarkjs orders them.</summary>
    public static void Write(SectionFileWriter file, SparseMatrix a, SparseMatrix b)
    {
        file.WriteUInt32((uint)(a.TermCount + b.TermCount));
        var (scaledA, scaledB) = (Array.ConvertAll(a.Coefficients.ToArray(), Scale), Array.ConvertAll(b.Coefficients.ToArray(), Scale));
        for (var row = 0; row < a.RowCount; row++)
        {
            WriteRow(file, 0, row, a, scaledA);
            WriteRow(file, 1, row, b, scaledB);
        }
    }

    private static Fr Scale(Fr coefficient) => coefficient * Radix;

    private static void WriteRow(SectionFileWriter file, uint matrixId, int row, SparseMatrix matrix, Fr[] scaled)
    {
        var wires = matrix.WiresOf(row);
        var ids = matrix.CoefficientIdsOf(row);
        for (var term = 0; term < wires.Length; term++)
        {
            file.WriteUInt32(matrixId);
            file.WriteUInt32((uint)row);
            file.WriteUInt32((uint)wires[term]);
            file.WriteMontgomery(scaled[ids[term]]);
        }
    }

    /// <summary>Sorts one matrix's terms by row (counting sort) and by wire within a row.</summary>
    private static SparseMatrix Gather(
        ByteReader reader, (byte Matrix, int Row)[] places, Term[] terms, byte matrix, int rowCount, Fr[] coefficients)
    {
        var starts = new int[rowCount + 1];
        foreach (var place in places)
        {
            starts[place.Row + 1] += place.Matrix == matrix ? 1 : 0;
        }

        for (var row = 0; row < rowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        var sorted = new Term[starts[rowCount]];
        var next = starts.AsSpan(0, rowCount).ToArray();
        for (var i = 0; i < terms.Length; i++)
        {
            if (places[i].Matrix == matrix)
            {
                sorted[next[places[i].Row]++] = terms[i];
            }
        }

        for (var row = 0; row < rowCount; row++)
        {
            var terms1 = sorted.AsSpan(starts[row], starts[row + 1] - starts[row]);
            terms1.Sort((x, y) => x.Wire.CompareTo(y.Wire));
            for (var i = 1; i < terms1.Length; i++)
            {
                if (terms1[i - 1].Wire == terms1[i].Wire)
                {
                    throw reader.Malformed($"row {row} of matrix {(matrix == 0 ? 'A' : 'B')} names wire {terms1[i].Wire} twice.");
                }
            }
        }

        return new SparseMatrix(starts, Array.ConvertAll(sorted, t => t.Wire), Array.ConvertAll(sorted, t => t.CoefficientId), coefficients);
    }
}
