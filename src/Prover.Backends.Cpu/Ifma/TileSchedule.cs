using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Which list is added up where in which tile, and the indices of its points in the order in which the tile wants them.</summary>
/// <remarks>
/// Lists are put in order of their length, longest first, and dealt out to slots; a group of slots runs for as many rounds as its shortest list is
/// long, and what the others have beyond that, little since neighbours are nearly equal, is left over. One row of indices for each round:
/// <code>
///               group 0       group 1     …   tail            slots of a tile, longest lists first
/// round 0   [ i i i i i i | i i i i i i | … | i i ]           a row has room for all slots of a tile and for a tail,
/// round 1   [ i i i i i i | i i i i i i | … | i   ]           the lists too few to fill a group
/// round 2   [ i i i i i i | i i i i     | … |     ]
/// round 3   [ i i i                     | … |     ]  ← two rounds for group 1, whose longer lists have points left over
/// </code>
/// Tiles follow each other. As every row is equally long, a list's next index is always one stride behind its last, which makes this a counting sort.
/// </remarks>
internal sealed unsafe class TileSchedule(int groupLists, int tileGroups, int lookahead) : IDisposable
{
    private readonly int _padding = groupLists * lookahead;
    private int[] _counts = [];
    private int[] _positions = [];
    private int[] _listOfSlot = [];
    private int[] _slotsBefore = [];
    private AlignedMemory<uint> _indices = new(0);

    /// <summary>Indices from one row to the next.</summary>
    public int Stride { get; private set; }

    /// <summary>Number of lists that have points.</summary>
    public int Slots { get; private set; }

    /// <summary>Slots of a tile; the last tile may have fewer, and what does not fill a group is the tail.</summary>
    public int TileSlots { get; private set; }

    /// <summary>Slots in whole groups.</summary>
    public int GroupedSlots => Slots - Slots % groupLists;

    /// <summary>The lists in the order of their slots.</summary>
    public ReadOnlySpan<int> ListOfSlot => _listOfSlot.AsSpan(0, Slots);

    /// <summary>All indices, the point's number with bit 31 set if it is to be negated.</summary>
    public ReadOnlySpan<uint> Indices => _indices.GetSpan();

    /// <summary>How long a list is.</summary>
    public int LengthOf(int list) => _counts[list];

    /// <summary>Where the index of a list's first point lies, once all are placed.</summary>
    public int PositionOf(int list) => _positions[list] - _counts[list] * Stride;

    /// <summary>Counts the points of <paramref name="lists"/> lists, before they are arranged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Span<int> Count(ReadOnlySpan<int> digits, int lists)
    {
        if (_counts.Length <= lists)
            _counts = new int[2 * lists + 1];

        // Items of no list, of digit 0, are counted too, in front of the first list.
        var counts = _counts.AsSpan(0, lists + 1);
        counts.Clear();
        fixed (int* start = counts)
        {
            foreach (var digit in digits)
            {
                Debug.Assert(Magnitude(digit) <= lists, "a digit names no list");
                start[Magnitude(digit)]++;
            }
        }

        return counts[1..];
    }

    /// <summary>Arranges lists of these lengths and puts every item's index where it belongs.</summary>
    public void Arrange(ReadOnlySpan<int> counts, ReadOnlySpan<int> digits, ReadOnlySpan<int> signedIndices)
    {
        if (_counts.Length < counts.Length)
            _counts = new int[2 * counts.Length];

        counts.CopyTo(_counts);
        if (_positions.Length < counts.Length)
            (_positions, _listOfSlot) = (new int[2 * counts.Length], new int[2 * counts.Length]);

        OrderByLength(counts);
        var rows = Layout();
        var needed = 2 * _padding + rows * Stride;
        if (_indices.GetSpan().Length < needed)
            Resize(needed);

        Place(digits, signedIndices);
    }

    /// <summary>Gives back the indices' memory.</summary>
    public void Trim() => Resize(0);

    /// <inheritdoc/>
    public void Dispose() => ((IDisposable)_indices).Dispose();

    private void Resize(int length)
    {
        ((IDisposable)_indices).Dispose();
        _indices = new AlignedMemory<uint>(length);
    }

    private void OrderByLength(ReadOnlySpan<int> counts)
    {
        var longest = 0;
        foreach (var count in counts)
        {
            longest = Math.Max(longest, count);
        }

        if (_slotsBefore.Length < longest + 2)
            _slotsBefore = new int[2 * longest + 2];

        var before = _slotsBefore.AsSpan(0, longest + 2);
        before.Clear();
        foreach (var count in counts)
        {
            before[count]++;
        }

        // From the number of lists of each length to the first slot of each length.
        var slots = 0;
        for (var length = longest; length > 0; length--)
        {
            (before[length], slots) = (slots, slots + before[length]);
        }

        Slots = slots;
        for (var list = 0; list < counts.Length; list++)
        {
            if (counts[list] > 0)
                _listOfSlot[before[counts[list]]++] = list;
        }
    }

    /// <summary>Deals the slots out to tiles of equal size and returns the number of rows.</summary>
    private int Layout()
    {
        var groups = Slots / groupLists;
        var tiles = Math.Max(1, (groups + tileGroups - 1) / tileGroups);
        TileSlots = (groups + tiles - 1) / tiles * groupLists;
        Stride = TileSlots + groupLists;
        var rows = 0;
        for (var (tile, slot) = (0, 0); slot < Slots; tile++)
        {
            // The last tile takes the tail too.
            var end = tile == tiles - 1 ? Slots : Math.Min(slot + TileSlots, Slots);
            var start = _padding + rows * Stride - slot;
            rows += _counts[_listOfSlot[slot]];
            for (; slot < end; slot++)
            {
                _positions[_listOfSlot[slot]] = start + slot;
            }
        }

        return rows;
    }

    /// <summary>Each list has as many places as its digit was counted, so that none of these writes is beyond them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(ReadOnlySpan<int> digits, ReadOnlySpan<int> signedIndices)
    {
        var stride = Stride;
        fixed (int* positions = _positions, signed = signedIndices[..digits.Length], digit = digits)
        fixed (uint* indices = _indices.GetSpan())
        {
            for (var i = 0; i < digits.Length; i++)
            {
                if (digit[i] == 0)
                    continue;

                ref var position = ref positions[Magnitude(digit[i]) - 1];
                var index = signed[i] ^ (digit[i] >> 31);
                indices[position] = (uint)(index ^ ((index >> 31) & int.MaxValue));
                position += stride;
            }
        }
    }

    /// <summary>|digit|; the least integer, which has none, is no digit.</summary>
    private static int Magnitude(int digit) => (digit ^ (digit >> 31)) - (digit >> 31);
}
