using Prover.Algebra;

namespace Prover.Groth16;

/// <summary>Adds many pairs of affine points at the price of one inversion.</summary>
/// <remarks>λ = (y₂ − y₁)/(x₂ − x₁), x₃ = λ² − x₁ − x₂, y₃ = λ(x₁ − x₃) − y₁, with all divisions by Montgomery's trick.</remarks>
internal sealed class BatchAddition<TField, TCurve>(int capacity)
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private readonly TField[] _prefixes = new TField[capacity];

    /// <summary>sumsᵢ ← sumsᵢ + addendsᵢ; equal, opposite and infinite points included.</summary>
    public void AddInto(Span<AffinePoint<TField, TCurve>> sums, ReadOnlySpan<AffinePoint<TField, TCurve>> addends)
    {
        var product = TField.One;
        for (var i = 0; i < sums.Length; i++)
        {
            _prefixes[i] = product;
            if (NeedsInverse(sums[i], addends[i]))
            {
                product = TField.Multiply(product, TField.Subtract(addends[i].X, sums[i].X));
            }
        }

        var inverse = product.InvertNonZero();
        for (var i = sums.Length - 1; i >= 0; i--)
        {
            ref var sum = ref sums[i];
            ref readonly var addend = ref addends[i];
            if (!NeedsInverse(sum, addend))
            {
                sum = addend.IsInfinity ? sum : sum.IsInfinity ? addend : AddSameAbscissa(sum, addend);
                continue;
            }

            var slope = TField.Multiply(TField.Subtract(addend.Y, sum.Y), TField.Multiply(inverse, _prefixes[i]));
            inverse = TField.Multiply(inverse, TField.Subtract(addend.X, sum.X));
            var x = TField.Subtract(TField.Subtract(slope.Square(), sum.X), addend.X);
            var y = TField.Subtract(TField.Multiply(slope, TField.Subtract(sum.X, x)), sum.Y);
            sum = new(x, y);
        }
    }

    private static bool NeedsInverse(in AffinePoint<TField, TCurve> sum, in AffinePoint<TField, TCurve> addend) =>
        !sum.IsInfinity && !addend.IsInfinity && !sum.X.Equals(addend.X);

    private static AffinePoint<TField, TCurve> AddSameAbscissa(
        in AffinePoint<TField, TCurve> a, in AffinePoint<TField, TCurve> b) =>
        (new CurvePoint<TField, TCurve>(a) + b).ToAffine();
}
