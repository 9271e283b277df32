using System.Runtime.CompilerServices;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Room for neighbouring rows of a matrix, sorted by length and cut into slices of eight (SELL-C-σ: Kreutzer et al. 2014).</summary>
/// <remarks>
/// <para>
/// A row of more than <see cref="RowCode.LongestRow"/> terms lies in several places, whose products add up to its own; an empty one lies in
/// none. A row in a slice with longer ones is filled with terms of column 0 and coefficient 0, which is zero.
/// </para>
/// <para>Arranged anew for every product: that takes half as long as the product itself, one part in a hundred of a proof, and a matrix kept so would
/// need as much memory as all else.</para>
/// </remarks>
internal sealed unsafe class RowWindow
{
    private const int Lanes = 8;
    private const int TermWords = RowCode.TermBytes / sizeof(int);

    private int[] _rows = [];
    private int[] _starts = [];
    private int[] _lengths = [];
    private int[] _sliceLengths = [];
    private Fr[] _products = [];
    private int _places;

    /// <summary>Number of slices.</summary>
    public int Slices => (_places + Lanes - 1) / Lanes;

    /// <summary>The row of each place.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _places);

    /// <summary>Number of terms of each slice.</summary>
    public ReadOnlySpan<int> SliceLengths => _sliceLengths.AsSpan(0, Slices);

    /// <summary>What <see cref="RowCode"/> reads, from the first slice's first term on; coefficients are numbered from 1.</summary>
    public int[] Terms { get; private set; } = [];

    /// <summary>Room for the product of each place.</summary>
    public Span<Fr> Products => _products.AsSpan(0, Lanes * Slices);

    /// <summary>How many places a row of that many terms takes.</summary>
    public static int Places(int terms) => (int)(((long)terms + RowCode.LongestRow - 1) / RowCode.LongestRow);

    /// <summary>Arranges the rows [<paramref name="first"/>, <paramref name="end"/>) of a matrix that is already checked.</summary>
    /// <remarks>
    /// What another program has written into a mapped matrix since then leads to wrong products or to an exception, but never out of the vector.
    /// </remarks>
    /// <param name="matrix">The matrix.</param>
    /// <param name="vectorLength">How long the vector is at least: one more than the greatest column.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row after the last.</param>
    /// <param name="places">How many places they take: the sum of their <see cref="Places"/>.</param>
    public void Arrange(in SparseRows matrix, int vectorLength, int first, int end, int places)
    {
        _places = places;
        if (_rows.Length < Lanes * Slices)
        {
            (_rows, _starts, _lengths) = (new int[Lanes * Slices], new int[Lanes * Slices], new int[Lanes * Slices]);
            (_sliceLengths, _products) = (new int[Slices], new Fr[Lanes * Slices]);
        }

        Sort(matrix.RowStarts.Span, first, end, matrix.Columns.Length);
        var terms = RowCode.Lookahead;
        for (var slice = 0; slice < Slices; slice++)
        {
            _sliceLengths[slice] = _lengths[Lanes * slice];
            terms = checked(terms + _sliceLengths[slice]);
        }

        if (Terms.Length < checked(TermWords * terms))
            Terms = new int[TermWords * (terms + terms / 2)];

        Fill(matrix.Columns.Span, matrix.CoefficientIds.Span, (uint)vectorLength - 1, (uint)matrix.Coefficients.Length - 1);
    }

    /// <summary>Gives every part of a row its place, longer parts first: a counting sort. The last slice's other places are empty.</summary>
    private void Sort(ReadOnlySpan<int> rowStarts, int first, int end, int terms)
    {
        Span<int> next = stackalloc int[RowCode.LongestRow + 1];
        next.Clear();
        for (var row = first; row < end; row++)
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

        RequireUnchanged(place == _places);
        for (var row = first; row < end; row++)
        {
            var (start, rowEnd) = (rowStarts[row], rowStarts[row + 1]);
            RequireUnchanged((uint)start <= (uint)rowEnd && rowEnd <= terms);
            while (start < rowEnd)
            {
                var length = Math.Min(rowEnd - start, RowCode.LongestRow);
                var target = next[length]++;
                (_rows[target], _starts[target], _lengths[target]) = (row, start, length);
                start += length;
            }
        }

        _lengths.AsSpan(_places..(Lanes * Slices)).Clear();
    }

    private static void RequireUnchanged(bool isAsChecked)
    {
        if (!isAsChecked)
            throw new InvalidOperationException("The matrix has changed since it was loaded: its rows begin elsewhere.");
    }

    /// <summary>Deals the terms of each place out to its lane; where a place has none left its lane is zero.</summary>
    /// <remarks>One load and one store for each number: gathers of eight take longer on processors that split them up.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(ReadOnlySpan<int> columns, ReadOnlySpan<int> ids, uint lastColumn, uint lastId)
    {
        fixed (int* column = columns, id = ids, terms = Terms)
        {
            var slice = terms;
            for (var place = 0; place < Lanes * Slices; place++)
            {
                var (start, length, sliceLength) = (_starts[place], _lengths[place], _sliceLengths[place / Lanes]);
                var target = slice + place % Lanes;
                for (var term = start; term < start + length; term++)
                {
                    target[0] = (int)Math.Min((uint)column[term], lastColumn);
                    target[Lanes] = (int)Math.Min((uint)id[term], lastId) + 1;
                    target += TermWords;
                }

                for (var term = length; term < sliceLength; term++)
                {
                    target[0] = 0;
                    target[Lanes] = 0;
                    target += TermWords;
                }

                if (place % Lanes == Lanes - 1)
                    slice += TermWords * sliceLength;
            }

            new Span<int>(slice, TermWords * RowCode.Lookahead).Clear();
        }
    }
}
