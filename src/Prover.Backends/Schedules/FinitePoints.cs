using System.Numerics;
using Prover.Algebra;

namespace Prover.Backends;

/// <summary>Which points of a table are not at infinity: the only ones that sums visit.</summary>
/// <remarks>A key has the point at infinity for every wire that a matrix does not use, often for most of them.</remarks>
public sealed class FinitePoints
{
    private const int WordBits = 64;
    private const int PieceLength = 1 << 14;

    private readonly ulong[] _words;

    private FinitePoints(ulong[] words, int length)
    {
        _words = words;
        Length = length;
        Count = words.Sum(BitOperations.PopCount);
    }

    /// <summary>Number of points in the table.</summary>
    public int Length { get; }

    /// <summary>How many of them are finite.</summary>
    public int Count { get; }

    /// <summary>Whether a point is finite.</summary>
    public bool this[int index] => (_words[index / WordBits] >> (index % WordBits) & 1) != 0;

    /// <summary>Whether the same points of another table are finite.</summary>
    public bool IsSameAs(FinitePoints other) => Length == other.Length && _words.AsSpan().SequenceEqual(other._words);

    /// <summary>Looks at every point of a table, on up to <paramref name="threads"/> threads.</summary>
    public static FinitePoints Of<TField, TCurve>(ReadOnlyMemory<AffinePoint<TField, TCurve>> points, int threads)
        where TField : struct, IField<TField>
        where TCurve : struct, ICurve<TField>
    {
        var words = new ulong[(points.Length + WordBits - 1) / WordBits];
        var pieces = (points.Length + PieceLength - 1) / PieceLength;
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var start = piece * PieceLength;
            var span = points.Span[start..Math.Min(start + PieceLength, points.Length)];
            for (var i = 0; i < span.Length; i++)
            {
                if (!span[i].IsInfinity)
                    words[(start + i) / WordBits] |= 1UL << i % WordBits;
            }
        });
        return new FinitePoints(words, points.Length);
    }
}
