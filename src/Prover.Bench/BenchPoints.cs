using Prover.Algebra;
using Prover.Backends.Cpu;

namespace Prover.Bench;

/// <summary>Many points in little time: additions of affine points by the batch, an inversion for 256 of them.</summary>
internal static class BenchPoints
{
    private const int Row = 256;

    /// <summary>
    /// Multiples of the generator, none of them infinity and, but for a chance of 2⁻²⁰⁰, no two equal or opposite: (2ⁱ⁺¹ − 1)·G for i below 256, and each
    /// further point is the one 256 places before it plus (2²⁵⁷ − 1)·G.
    /// </summary>
    public static AffinePoint<TField, TCurve>[] Make<TField, TCurve>(int count)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var points = new AffinePoint<TField, TCurve>[count];
        var step = (CurvePoint<TField, TCurve>)AffinePoint<TField, TCurve>.Generator;
        var first = new CurvePoint<TField, TCurve>[Row + 1];
        for (var i = 0; i <= Row; i++)
        {
            first[i] = step;
            step = step.Double() + AffinePoint<TField, TCurve>.Generator;
        }

        var affine = CurvePoint<TField, TCurve>.ToAffine(first);
        affine.AsSpan(0, Math.Min(Row, count)).CopyTo(points);
        var (pairs, firsts, targets) = (new AffinePoint<TField, TCurve>[2 * Row], new int[Row], new int[Row]);
        for (var i = 0; i < Row; i++)
        {
            (firsts[i], targets[i], pairs[2 * i + 1]) = (2 * i, i, affine[Row]);
        }

        var addition = NeighbourAddition.Create<TField, TCurve>();
        for (var start = Row; start < count; start += Row)
        {
            for (var i = 0; i < Row; i++)
            {
                pairs[2 * i] = points[start - Row + i];
            }

            var length = Math.Min(Row, count - start);
            addition.AddNeighbours(pairs, firsts.AsSpan(0, length), points.AsSpan(start, length), targets.AsSpan(0, length));
        }

        return points;
    }
}
