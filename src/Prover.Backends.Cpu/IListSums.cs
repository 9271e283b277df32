using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Adds up many lists of points. For one thread.</summary>
internal interface IListSums<TField, TCurve> : IDisposable
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>sums[d − 1] ← Σ ±points[index] over the items of digit ±d.</summary>
    /// <param name="points">What indices refer to, none at infinity.</param>
    /// <param name="digits">One for each item: 0, or ± the number of its list, counted from 1; overwritten.</param>
    /// <param name="signedIndices">One for each item: the index of its point, complemented if the point is to be negated.</param>
    /// <param name="sums">Receives one sum for each list, infinity for an empty one.</param>
    void Sum(
        ReadOnlySpan<AffinePoint<TField, TCurve>> points,
        Span<int> digits,
        ReadOnlySpan<int> signedIndices,
        Span<AffinePoint<TField, TCurve>> sums);

    /// <summary>Gives back memory that only large sums need.</summary>
    void Trim();
}
