using Prover.Algebra;

namespace Prover.Groth16;

/// <summary>One matrix by columns together with the points that its rows stand for.</summary>
internal readonly record struct WeightedRows<TField, TCurve>(WireTerms Terms, ReadOnlyMemory<AffinePoint<TField, TCurve>> RowPoints)
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>;

/// <summary>For each wire the sum, over the rows that mention it, of coefficient times the row's point.</summary>
internal static class CombinedPoints
{
    private const int BatchLength = 256;

    /// <summary>Sums over one or several matrices, for the wires from <paramref name="firstWire"/> up to <paramref name="endWire"/>.</summary>
    public static AffinePoint<TField, TCurve>[] Of<TField, TCurve>(
        int firstWire, int endWire, CancellationToken cancellationToken, params WeightedRows<TField, TCurve>[] matrices)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var count = endWire - firstWire;
        var points = new AffinePoint<TField, TCurve>[count];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, (count + BatchLength - 1) / BatchLength, options, batch =>
        {
            var start = batch * BatchLength;
            var sums = new CurvePoint<TField, TCurve>[Math.Min(BatchLength, count - start)];
            var terms = new List<(AffinePoint<TField, TCurve> Point, SignedDigits Coefficient)>();
            for (var i = 0; i < sums.Length; i++)
            {
                terms.Clear();
                foreach (var matrix in matrices)
                {
                    foreach (var (row, coefficient) in matrix.Terms.Of(firstWire + start + i))
                    {
                        terms.Add((matrix.RowPoints.Span[row], coefficient));
                    }
                }

                sums[i] = Sum(terms);
            }

            CurvePoint<TField, TCurve>.ToAffine(sums).CopyTo(points, start);
        });
        return points;
    }

    /// <summary>Σ coefficient·point with the doublings shared (Straus 1964).</summary>
    private static CurvePoint<TField, TCurve> Sum<TField, TCurve>(List<(AffinePoint<TField, TCurve> Point, SignedDigits Coefficient)> terms)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var sum = CurvePoint<TField, TCurve>.Infinity;
        var length = 0;
        foreach (var (_, coefficient) in terms)
        {
            length = Math.Max(length, coefficient.Length);
        }

        for (var position = length - 1; position >= 0; position--)
        {
            sum = sum.Double();
            foreach (var (point, coefficient) in terms)
            {
                var digit = coefficient[position];
                sum = digit == 0 ? sum : sum + (digit > 0 ? point : -point);
            }
        }

        return sum;
    }
}
