using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Many additions of affine points for one inversion: about six products each in Fq.</summary>
/// <remarks>
/// λ = (y₂ − y₁)/(x₂ − x₁), x₃ = λ² − x₁ − x₂, y₃ = λ(x₁ − x₃) − y₁, and λ = 3x²/2y for a doubling; the denominators are inverted
/// together (Montgomery's trick). Sums that need no inversion put 1 in their denominator's place.
/// </remarks>
internal sealed class AffineAddition<TField, TCurve> : INeighbourAddition<TField, TCurve>
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>At this length an inversion costs next to nothing of the additions it serves, and the scratch stays in cache.</summary>
    private const int LongestBatch = 1024;

    private readonly TField[] _denominators = new TField[LongestBatch];
    private readonly BatchInversion<TField> _inversion = new(LongestBatch);

    /// <inheritdoc/>
    public void AddNeighbours(
        ReadOnlySpan<AffinePoint<TField, TCurve>> source,
        ReadOnlySpan<int> firsts,
        Span<AffinePoint<TField, TCurve>> target,
        ReadOnlySpan<int> targets)
    {
        for (var start = 0; start < firsts.Length; start += LongestBatch)
        {
            var count = Math.Min(LongestBatch, firsts.Length - start);
            AddBatch(source, firsts.Slice(start, count), target, targets.Slice(start, count));
        }
    }

    private void AddBatch(
        ReadOnlySpan<AffinePoint<TField, TCurve>> source,
        ReadOnlySpan<int> firsts,
        Span<AffinePoint<TField, TCurve>> target,
        ReadOnlySpan<int> targets)
    {
        var denominators = _denominators.AsSpan(0, firsts.Length);
        for (var i = 0; i < denominators.Length; i++)
        {
            denominators[i] = Denominator(source[firsts[i]], source[firsts[i] + 1]);
        }

        _inversion.Invert(denominators);
        for (var i = 0; i < denominators.Length; i++)
        {
            Add(source[firsts[i]], source[firsts[i] + 1], denominators[i], out target[targets[i]]);
        }
    }

    /// <summary>The slope's denominator, or 1 if the sum needs no slope. Never zero: no point has order two, so y ≠ 0.</summary>
    internal static TField Denominator(in AffinePoint<TField, TCurve> a, in AffinePoint<TField, TCurve> b)
    {
        var difference = TField.Subtract(b.X, a.X);
        if (difference.IsZero)
            return a.Y.Equals(b.Y) && !a.IsInfinity ? a.Y.Double() : TField.One;

        return a.IsInfinity || b.IsInfinity ? TField.One : difference;
    }

    /// <summary>a + b, where <paramref name="inverse"/> is that of their denominator.</summary>
    internal static void Add(
        in AffinePoint<TField, TCurve> a, in AffinePoint<TField, TCurve> b, in TField inverse, out AffinePoint<TField, TCurve> sum)
    {
        if (a.IsInfinity)
        {
            sum = b;
        }
        else if (b.IsInfinity)
        {
            sum = a;
        }
        else if (!a.X.Equals(b.X))
        {
            AlongSlope(a, b.X, TField.Multiply(TField.Subtract(b.Y, a.Y), inverse), out sum);
        }
        else if (a.Y.Equals(b.Y))
        {
            var square = a.X.Square();
            AlongSlope(a, b.X, TField.Multiply(TField.Add(square.Double(), square), inverse), out sum);
        }
        else
        {
            sum = AffinePoint<TField, TCurve>.Infinity;
        }
    }

    private static void AlongSlope(in AffinePoint<TField, TCurve> a, in TField otherX, in TField slope, out AffinePoint<TField, TCurve> sum)
    {
        var x = TField.Subtract(TField.Subtract(slope.Square(), a.X), otherX);
        sum = new(x, TField.Subtract(TField.Multiply(slope, TField.Subtract(a.X, x)), a.Y));
    }
}
