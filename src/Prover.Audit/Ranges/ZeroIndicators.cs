using Prover.Constraints;

namespace Prover.Audit;

/// <summary>Finds pairs of rows by which one combination says whether another is zero.</summary>
internal static class ZeroIndicators
{
    /// <summary>Of a row D·Z = 0 the e ≠ 0 such that Z is e if D = 0, and 0 otherwise; null if no second row makes it so.</summary>
    /// <remarks>
    /// The second row is D·I = C with Z = k·C + e. If D ≠ 0, the first makes Z zero. If D = 0, the second makes C zero and Z = e. With k = −1, e = 1
    /// this is x·i = 1 − z, x·z = 0. In two assignments in which D is the same, Z is the same.
    /// </remarks>
    public static Fr? Find(RowTable rows, LinearCombination d, LinearCombination z)
    {
        foreach (var place in rows.PlacesOf(z.Variables[0]))
        {
            var row = place / 3;
            if (place % 3 == 2 && rows.KindOf(row) == RowKind.Product
                && RowTable.WithoutOne(rows.System.C.WiresOf(row)).SequenceEqual(z.Variables)
                && rows.C(row) is var c
                && Forms.IsShiftedMultiple(c, z)
                && (Forms.IsMultiple(rows.A(row), d) || Forms.IsMultiple(rows.B(row), d)))
            {
                return z.Constant - (c.Constant * Forms.Ratio(z.Coefficients[0], c.Coefficients[0]));
            }
        }

        return null;
    }
}
