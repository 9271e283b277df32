namespace Prover.Backends.Gpu;

/// <summary>
/// The rows of a matrix cut into pieces that one thread looks after, those of like length side by side, so that the threads of a warp end together.
/// </summary>
/// <param name="Starts">The first term of each piece, the longest pieces first.</param>
/// <param name="Lengths">How many terms it has.</param>
/// <param name="Places">Where its product goes: the row's number, or behind all rows if the row has several pieces.</param>
/// <param name="LongRows">The rows of several pieces.</param>
/// <param name="LongStarts">The place of each one's first piece, and in the end of the last one's end.</param>
internal sealed record RowPieces(int[] Starts, int[] Lengths, int[] Places, int[] LongRows, int[] LongStarts)
{
    /// <summary>Terms of a piece at most: long enough for nearly all rows, short enough for no thread to be waited for.</summary>
    private const int Longest = 64;

    /// <summary>How many products there are, those of pieces included.</summary>
    public int ProductCount => LongStarts[^1];

    /// <summary>Cuts the rows of a matrix.</summary>
    public static RowPieces Of(SparseRows matrix)
    {
        var rowStarts = matrix.RowStarts.Span;
        var pieces = new List<(int Start, int Length, int Place)>(matrix.RowCount);
        var longRows = new List<int>();
        var longStarts = new List<int>();
        var next = matrix.RowCount;
        for (var row = 0; row < matrix.RowCount; row++)
        {
            var (start, end) = (rowStarts[row], rowStarts[row + 1]);
            if (end - start <= Longest)
            {
                pieces.Add((start, end - start, row));
                continue;
            }

            longRows.Add(row);
            longStarts.Add(next);
            for (; start < end; start += Longest)
            {
                pieces.Add((start, Math.Min(Longest, end - start), next++));
            }
        }

        longStarts.Add(next);
        var ordered = LongestFirst(pieces);
        return new(
            [.. ordered.Select(piece => piece.Start)],
            [.. ordered.Select(piece => piece.Length)],
            [.. ordered.Select(piece => piece.Place)],
            [.. longRows],
            [.. longStarts]);
    }

    /// <summary>A counting sort.</summary>
    private static (int Start, int Length, int Place)[] LongestFirst(List<(int Start, int Length, int Place)> pieces)
    {
        var next = new int[Longest + 2];
        foreach (var piece in pieces)
        {
            next[Longest - piece.Length + 1]++;
        }

        for (var i = 1; i < next.Length; i++)
        {
            next[i] += next[i - 1];
        }

        var ordered = new (int, int, int)[pieces.Count];
        foreach (var piece in pieces)
        {
            ordered[next[Longest - piece.Length]++] = piece;
        }

        return ordered;
    }
}
