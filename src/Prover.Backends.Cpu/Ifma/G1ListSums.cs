using System.Runtime.InteropServices;
using Prover.Algebra;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The sums of many lists of points, tile by tile. For one thread.</summary>
/// <remarks>
/// Lists are cut into pieces of about equal length, so that a single list with everything in it fills a tile as well as many do. Pieces are
/// taken longest first; sixteen at a time share a pair of the tile and run for as many rounds as the shortest of them is long. What the others
/// have beyond that is little, since neighbours in the order have nearly the same length, and is added one by one with the sums of the pieces.
/// </remarks>
internal sealed unsafe class G1ListSums : IDisposable
{
    /// <summary>192 pairs of 3,328 bytes stay in the second level of cache.</summary>
    private const int TilePairs = 192;

    private const int TileLists = TilePairs * G1TileLayout.PairBuckets;
    private const int Padding = G1Tile.Lookahead * G1TileLayout.PairBuckets;

    /// <summary>Pieces of this length still amortise their own last addition.</summary>
    private const int ShortestPiece = 32;

    private const int LongestPiece = 256;

    private readonly G1Tile _tile = new(TilePairs);
    private readonly AffineAddition<Fq, G1Curve> _addition = new();
    private readonly List<Piece> _pieces = [];
    private readonly List<(int List, G1Affine Point)> _loose = [];
    private readonly List<(int Bucket, G1Affine Point)> _displaced = [];
    private readonly List<int> _activePairs = [];
    private uint[] _indices = [];

    /// <summary>Adds up lists of points.</summary>
    /// <param name="bases">The points that indices refer to, none at infinity.</param>
    /// <param name="starts">Where each list begins, and where the last one ends.</param>
    /// <param name="signedIndices">The lists, one after the other; an index is complemented if its point is to be negated.</param>
    /// <param name="sums">Receives one sum for each list.</param>
    public void Sum(ReadOnlySpan<G1Affine> bases, ReadOnlySpan<int> starts, ReadOnlySpan<int> signedIndices, Span<G1Affine> sums)
    {
        sums.Clear();
        Cut(starts);
        fixed (G1Affine* points = bases)
        {
            for (var from = 0; from < _pieces.Count; from += TileLists)
            {
                var count = Math.Min(TileLists, _pieces.Count - from);
                SumTile(points, CollectionsMarshal.AsSpan(_pieces).Slice(from, count), signedIndices, bases);
                for (var i = 0; i < count - count % G1TileLayout.PairBuckets; i++)
                {
                    var piece = _pieces[from + i];
                    if (piece.IsWhole)
                        sums[piece.List] = _tile.SumOf(i);
                    else
                        _loose.Add((piece.List, _tile.SumOf(i)));
                }

                foreach (var (bucket, point) in _displaced)
                {
                    _loose.Add((_pieces[from + bucket].List, point));
                }
            }
        }

        AddLoose(sums);
    }

    /// <inheritdoc/>
    public void Dispose() => _tile.Dispose();

    /// <summary>Cuts the lists and orders the pieces by length, longest first.</summary>
    private void Cut(ReadOnlySpan<int> starts)
    {
        _pieces.Clear();
        _loose.Clear();
        var total = starts[^1] - starts[0];
        var longest = Math.Clamp(total / TileLists * 2, ShortestPiece, LongestPiece);
        for (var list = 0; list + 1 < starts.Length; list++)
        {
            var (from, rest) = (starts[list], starts[list + 1] - starts[list]);
            var isWhole = rest <= 2 * longest;
            while (rest > 0)
            {
                var length = rest <= 2 * longest ? rest : longest;
                _pieces.Add(new(list, from, length, isWhole));
                from += length;
                rest -= length;
            }
        }

        _pieces.Sort((a, b) => b.Length != a.Length ? b.Length.CompareTo(a.Length) : a.From.CompareTo(b.From));
    }

    private void SumTile(G1Affine* points, ReadOnlySpan<Piece> pieces, ReadOnlySpan<int> signedIndices, ReadOnlySpan<G1Affine> bases)
    {
        _displaced.Clear();
        _activePairs.Clear();
        const int lanes = G1TileLayout.PairBuckets;
        var pairs = pieces.Length / lanes;

        // A pair's last piece is its shortest; what does not fill a pair is loose.
        for (var pair = pairs - 1; pair >= 0; pair--)
        {
            var rounds = pieces[pair * lanes + lanes - 1].Length;
            while (_activePairs.Count < rounds)
            {
                _activePairs.Add(pair + 1);
            }
        }

        var total = 0;
        foreach (var active in _activePairs)
        {
            total += active * lanes;
        }

        if (_indices.Length < total + 2 * Padding)
            _indices = new uint[total + 2 * Padding];

        Span<int> roundStarts = stackalloc int[_activePairs.Count];
        for (var (round, start) = (0, Padding); round < roundStarts.Length; start += _activePairs[round++] * lanes)
        {
            roundStarts[round] = start;
        }

        for (var i = 0; i < pieces.Length; i++)
        {
            var piece = pieces[i];
            var rounds = i / lanes < pairs ? pieces[i / lanes * lanes + lanes - 1].Length : 0;
            var indices = signedIndices.Slice(piece.From, piece.Length);
            for (var round = 0; round < rounds; round++)
            {
                var index = indices[round];
                _indices[roundStarts[round] + i] = index < 0 ? (uint)~index | 1u << 31 : (uint)index;
            }

            foreach (var index in indices[rounds..])
            {
                _loose.Add((piece.List, index < 0 ? -bases[~index] : bases[index]));
            }
        }

        fixed (uint* first = _indices)
        {
            _tile.Sum(points, first + Padding, CollectionsMarshal.AsSpan(_activePairs), _displaced);
        }
    }

    /// <summary>Adds loose points to their lists' sums, neighbours of one list first, so that many share an inversion.</summary>
    private void AddLoose(Span<G1Affine> sums)
    {
        if (_loose.Count == 0)
            return;

        var last = -1;
        _loose.Sort((a, b) => a.List.CompareTo(b.List));
        for (var i = _loose.Count - 1; i >= 0; i--)
        {
            var list = _loose[i].List;
            if (list != last && !sums[list].IsInfinity)
                _loose.Add((list, sums[list]));

            last = list;
        }

        _loose.Sort((a, b) => a.List.CompareTo(b.List));
        var points = _loose.Select(loose => loose.Point).ToArray();
        var lists = _loose.Select(loose => loose.List).ToArray();
        var count = points.Length;
        while (true)
        {
            var (pairs, write) = (0, 0);
            var firsts = new int[count / 2];
            var targets = new int[count / 2];
            var halved = new G1Affine[count];
            for (var read = 0; read < count; read++)
            {
                var list = lists[read];
                if (read + 1 < count && lists[read + 1] == list)
                {
                    firsts[pairs] = read++;
                    targets[pairs++] = write;
                }
                else
                {
                    halved[write] = points[read];
                }

                lists[write++] = list;
            }

            if (pairs == 0)
                break;

            _addition.AddNeighbours(points, firsts.AsSpan(0, pairs), halved, targets.AsSpan(0, pairs));
            (points, count) = (halved, write);
        }

        for (var i = 0; i < count; i++)
        {
            sums[lists[i]] = points[i];
        }
    }

    /// <summary>A part of a list.</summary>
    private readonly record struct Piece(int List, int From, int Length, bool IsWhole);
}
