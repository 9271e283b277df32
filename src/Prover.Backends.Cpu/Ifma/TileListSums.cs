using System.Runtime.InteropServices;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Adds up lists of points tile by tile. For one thread.</summary>
/// <remarks>
/// Lists that are much longer than the others are dealt out to several lists of their own, so that a single list with everything in it fills a tile as
/// well as many do. What tiles leave over, those parts' sums, points beyond a group's last round and lists too few for a group, is one
/// more and far smaller set of lists, added up in the same way and in the end by the portable path.
/// </remarks>
internal sealed unsafe class TileListSums<TField, TCurve>(ITile<TField, TCurve> tile) : IListSums<TField, TCurve>
    where TField : unmanaged, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    /// <summary>What a round's inversion costs, in what it costs to hand a part's sum on to the rest.</summary>
    private const double RoundPrice = 80;

    /// <summary>Lists that are short anyway are not cut.</summary>
    private const int ShortestPart = 16;

    /// <summary>Fewer items than this are added up by the portable path.</summary>
    private const int FewestItems = 128;

    private readonly TileSchedule _schedule = new(tile.GroupLists, tile.Groups, tile.Lookahead);
    private readonly PortableListSums<TField, TCurve> _portable = new();
    private readonly List<int> _active = [];
    private readonly AffinePoint<TField, TCurve>[] _groupSums = new AffinePoint<TField, TCurve>[tile.GroupLists];

    /// <summary>What sums leave over, and what the sums of that leave over.</summary>
    private readonly List<Rest> _rests = [];
    private int _depth;

    /// <inheritdoc/>
    public void Sum(
        ReadOnlySpan<AffinePoint<TField, TCurve>> points,
        Span<int> digits,
        ReadOnlySpan<int> signedIndices,
        Span<AffinePoint<TField, TCurve>> sums)
    {
        if (digits.Length < FewestItems)
        {
            _portable.Sum(points, digits, signedIndices, sums);
            return;
        }

        var lengths = _schedule.Count(digits, sums.Length);
        var lists = ListParts.Split(digits, lengths, tile.GroupLists, LongestPart(digits.Length, lengths));
        _schedule.Arrange(lists.Lengths, digits, signedIndices);
        sums.Clear();
        if (_depth == _rests.Count)
            _rests.Add(new Rest());

        var rest = _rests[_depth++];
        rest.Begin(sums.Length);
        fixed (AffinePoint<TField, TCurve>* first = points)
        fixed (uint* indices = _schedule.Indices)
        {
            for (var slot = 0; slot < _schedule.GroupedSlots; slot += _schedule.TileSlots)
            {
                SumTile(first, indices, slot, Math.Min(slot + _schedule.TileSlots, _schedule.GroupedSlots), lists, sums, rest);
            }

            for (var slot = _schedule.GroupedSlots; slot < _schedule.Slots; slot++)
            {
                var list = _schedule.ListOfSlot[slot];
                AddPoints(first, indices, list, 0, lists.OwnerOf(list), rest);
            }
        }

        rest.AddTo(sums, this, digits.Length);
        _depth--;
    }

    /// <inheritdoc/>
    public void Trim() => _schedule.Trim();

    /// <inheritdoc/>
    public void Dispose()
    {
        tile.Dispose();
        _schedule.Dispose();
    }

    /// <summary>How long parts of lists should be.</summary>
    /// <remarks>
    /// With m lists of n points in q parts each there are n/q + q rounds and m·q sums of parts to hand on. That is least for
    /// q² = n·R/(R + m), where R is a round's price: few lists are cut into many parts, and many lists not at all.
    /// </remarks>
    private static int LongestPart(int items, ReadOnlySpan<int> lengths)
    {
        var lists = Math.Max(1, lengths.Length - lengths.Count(0));
        var mean = (double)items / lists;
        var parts = Math.Max(1, Math.Sqrt(mean * RoundPrice / (RoundPrice + lists)));
        return Math.Max(parts < 1.5 ? ShortestPart : 1, (int)Math.Ceiling(mean / parts));
    }

    /// <summary>Adds up the lists of one tile and puts their sums in place, or to the rest.</summary>
    private void SumTile(
        AffinePoint<TField, TCurve>* points, uint* indices, int from, int to, ListParts lists, Span<AffinePoint<TField, TCurve>> sums, Rest rest)
    {
        _active.Clear();
        var listOfSlot = _schedule.ListOfSlot;
        for (var group = (to - from) / tile.GroupLists; group > 0; group--)
        {
            var rounds = _schedule.LengthOf(listOfSlot[from + group * tile.GroupLists - 1]);
            while (_active.Count < rounds)
            {
                _active.Add(group);
            }
        }

        var start = _schedule.PositionOf(listOfSlot[from]);
        tile.Sum(points, indices + start, _schedule.Stride, CollectionsMarshal.AsSpan(_active));

        for (var slot = from; slot < to; slot += tile.GroupLists)
        {
            tile.ReadSums((slot - from) / tile.GroupLists, _groupSums);
            var rounds = _schedule.LengthOf(listOfSlot[slot + tile.GroupLists - 1]);
            for (var i = 0; i < _groupSums.Length; i++)
            {
                var list = listOfSlot[slot + i];
                var owner = lists.OwnerOf(list);
                if (owner == list)
                    sums[list] = _groupSums[i];
                else
                    rest.Add(owner, _groupSums[i]);

                AddPoints(points, indices, list, rounds, owner, rest);
            }
        }
    }

    /// <summary>Adds the points of a list from one round on to the rest.</summary>
    private void AddPoints(AffinePoint<TField, TCurve>* points, uint* indices, int list, int fromRound, int owner, Rest rest)
    {
        var length = _schedule.LengthOf(list);
        for (var round = fromRound; round < length; round++)
        {
            var index = indices[_schedule.PositionOf(list) + round * _schedule.Stride];
            var point = points[index & int.MaxValue];
            rest.Add(owner, (int)index < 0 ? -point : point);
        }
    }

    /// <summary>Points that are still to be added to lists. Its room serves one sum after another.</summary>
    private sealed class Rest
    {
        private readonly List<AffinePoint<TField, TCurve>> _points = [];
        private readonly List<int> _lists = [];
        private readonly List<int> _concerned = [];
        private int[] _numbers = [];
        private int[] _digits = [];
        private int[] _indices = [];
        private AffinePoint<TField, TCurve>[] _totals = [];

        /// <summary>Forgets what was left over before.</summary>
        public void Begin(int lists)
        {
            _points.Clear();
            _lists.Clear();
            _concerned.Clear();
            Reserve(ref _numbers, lists);
            _numbers.AsSpan(0, lists).Clear();
        }

        public void Add(int list, in AffinePoint<TField, TCurve> point)
        {
            if (point.IsInfinity)
                return;

            _lists.Add(list);
            _points.Add(point);
        }

        /// <summary>Adds everything to the lists' sums. <paramref name="items"/> are what the set had that left this over.</summary>
        public void AddTo(Span<AffinePoint<TField, TCurve>> sums, TileListSums<TField, TCurve> listSums, int items)
        {
            if (_lists.Count == 0)
                return;

            // The lists concerned are numbered anew, and their sums so far join the points.
            var count = _lists.Count;
            for (var i = 0; i < count; i++)
            {
                var list = _lists[i];
                if (_numbers[list] == 0)
                {
                    _concerned.Add(list);
                    _numbers[list] = _concerned.Count;
                    Add(list, sums[list]);
                }
            }

            Reserve(ref _digits, _lists.Count);
            Reserve(ref _indices, _lists.Count);
            for (var i = 0; i < _lists.Count; i++)
            {
                (_digits[i], _indices[i]) = (_numbers[_lists[i]], i);
            }

            Reserve(ref _totals, _concerned.Count);
            var totals = _totals.AsSpan(0, _concerned.Count);
            IListSums<TField, TCurve> next = _lists.Count < items / 2 ? listSums : listSums._portable;
            next.Sum(CollectionsMarshal.AsSpan(_points), _digits.AsSpan(0, _lists.Count), _indices.AsSpan(0, _lists.Count), totals);
            for (var i = 0; i < totals.Length; i++)
            {
                sums[_concerned[i]] = totals[i];
            }
        }

        private static void Reserve<T>(ref T[] array, int length)
        {
            if (array.Length < length)
                array = new T[length + length / 2];
        }
    }
}
