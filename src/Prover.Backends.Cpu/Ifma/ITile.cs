using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Some thousand lists of points in vector form, added up in rounds: round r adds every list's point r. For one thread.</summary>
internal unsafe interface ITile<TField, TCurve> : IDisposable
    where TField : unmanaged, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>How many lists, side by side, take part in the same rounds.</summary>
    int GroupLists { get; }

    /// <summary>How many groups fit.</summary>
    int Groups { get; }

    /// <summary>For how many groups before the first and behind the last indices must be readable, though they need not mean anything.</summary>
    int Lookahead { get; }

    /// <summary>Adds up all lists, in which points may be equal or negatives of each other; then <see cref="ReadSums"/> has the sums of those that have points.</summary>
    /// <param name="bases">The points that indices refer to, none at infinity, at any address; a multiple of 64 is quickest.</param>
    /// <param name="indices">Row r has the index of each list's point r, with bit 31 set if it is to be negated.</param>
    /// <param name="stride">Indices from one row to the next.</param>
    /// <param name="active">How many groups, from the first on, take part in each round; never more than in the round before.</param>
    void Sum(AffinePoint<TField, TCurve>* bases, uint* indices, int stride, ReadOnlySpan<int> active);

    /// <summary>Reads the sums of the lists of one group, <see cref="GroupLists"/> of them.</summary>
    void ReadSums(int group, Span<AffinePoint<TField, TCurve>> sums);
}
