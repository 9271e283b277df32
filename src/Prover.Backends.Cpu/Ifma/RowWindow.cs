namespace Prover.Backends.Cpu.Ifma;

/// <summary>Neighbouring rows of a matrix, sorted by length and cut into slices of eight (SELL-C-σ: Kreutzer et al. 2014).</summary>
/// <remarks>
/// A row of more than <see cref="RowCode.LongestRow"/> terms lies in several places, whose products add up to its own; an empty one lies in
/// none. A row in a slice with longer ones is filled with terms of column 0 and coefficient 0, which is zero.
/// </remarks>
internal sealed class RowWindow
{
    private const int Lanes = 8;
    private const int TermWords = RowCode.TermBytes / sizeof(int);

    /// <param name="matrix">The matrix, already checked.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="places">How many places they take: the sum of their <see cref="Places"/>.</param>
    public RowWindow(in SparseRows matrix, int first, int end, int places)
    {
        (First, End) = (first, end);
        Rows = new int[places];
        var starts = new int[places];
        var lengths = new int[places];
        Sort(matrix.RowStarts.Span, starts, lengths);
        SliceLengths = new int[(places + Lanes - 1) / Lanes];
        var terms = RowCode.Lookahead;
        for (var slice = 0; slice < SliceLengths.Length; slice++)
        {
            SliceLengths[slice] = lengths[Lanes * slice];
            terms = checked(terms + SliceLengths[slice]);
        }

        Terms = new int[checked(TermWords * terms)];
        Fill(matrix.Columns.Span, matrix.CoefficientIds.Span, starts, lengths);
    }

    /// <summary>The first row.</summary>
    public int First { get; }

    /// <summary>The row after the last.</summary>
    public int End { get; }

    /// <summary>The row of each place.</summary>
    public int[] Rows { get; }

    /// <summary>Number of terms of each slice.</summary>
    public int[] SliceLengths { get; }

    /// <summary>What <see cref="RowCode"/> reads; coefficients are numbered from 1.</summary>
    public int[] Terms { get; }

    /// <summary>How many places a row of that many terms takes.</summary>
    public static int Places(int terms) => (int)(((long)terms + RowCode.LongestRow - 1) / RowCode.LongestRow);

    /// <summary>Gives every part of a row its place, longer parts first: a counting sort.</summary>
    private void Sort(ReadOnlySpan<int> rowStarts, Span<int> starts, Span<int> lengths)
    {
        Span<int> next = stackalloc int[RowCode.LongestRow + 1];
        next.Clear();
        for (var row = First; row < End; row++)
        {
            var length = rowStarts[row + 1] - rowStarts[row];
            next[RowCode.LongestRow] += length / RowCode.LongestRow;
            next[length % RowCode.LongestRow]++;
        }

        var place = 0;
        for (var length = RowCode.LongestRow; length > 0; length--)
        {
            (next[length], place) = (place, place + next[length]);
        }

        for (var row = First; row < End; row++)
        {
            var (start, end) = (rowStarts[row], rowStarts[row + 1]);
            while (start < end)
            {
                var length = Math.Min(end - start, RowCode.LongestRow);
                var target = next[length]++;
                (Rows[target], starts[target], lengths[target]) = (row, start, length);
                start += length;
            }
        }
    }

    private void Fill(ReadOnlySpan<int> columns, ReadOnlySpan<int> ids, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths)
    {
        var origin = 0;
        for (var slice = 0; slice < SliceLengths.Length; slice++)
        {
            for (var lane = 0; lane < Math.Min(Lanes, lengths.Length - Lanes * slice); lane++)
            {
                var place = Lanes * slice + lane;
                var target = origin + lane;
                for (var term = starts[place]; term < starts[place] + lengths[place]; term++)
                {
                    Terms[target] = columns[term];
                    Terms[target + Lanes] = ids[term] + 1;
                    target += TermWords;
                }
            }

            origin += TermWords * SliceLengths[slice];
        }
    }
}
