using System.Numerics;
using Prover.Algebra;

namespace Prover.Backends.Cpu;

/// <summary>Sums the points of each bucket by halving: neighbours are added until every bucket has one point left.</summary>
/// <remarks>
/// A tile of consecutive buckets is copied together and halved in cache. Whatever the sizes of its buckets, a round adds half of all its
/// points, so a single bucket with everything in it is as quick as many. A bucket longer than a tile is taken piece by piece, each
/// piece beginning with the sum of those before it.
/// </remarks>
internal sealed class BucketSums<TField, TCurve>(INeighbourAddition<TField, TCurve> addition)
    where TField : struct, IField<TField>
    where TCurve : struct, ICurve<TField>
{
    private const int TileLength = 1 << 13;

    private int[] _firsts = [];
    private int[] _targets = [];
    private int[] _buckets = [];
    private int[] _counts = [];
    private AffinePoint<TField, TCurve>[] _tile = [];
    private AffinePoint<TField, TCurve>[] _halved = [];

    /// <summary>Puts the sum of every bucket at index digit − 1.</summary>
    public void Sum(ReadOnlySpan<AffinePoint<TField, TCurve>> bases, BucketOrder order, Span<AffinePoint<TField, TCurve>> sums)
    {
        sums.Clear();
        Reserve(Math.Min(TileLength, (int)BitOperations.RoundUpToPowerOf2((uint)order.Count)));
        var (length, bucketsInTile) = (0, 0);
        for (var bucket = 0; bucket < order.BucketCount; bucket++)
        {
            var rest = order.SignedIndices[order.Starts[bucket]..order.Starts[bucket + 1]];
            while (!rest.IsEmpty)
            {
                // One place is kept for the sum of the pieces before.
                var fitting = Math.Min(rest.Length, TileLength - 1 - length);
                if (fitting < rest.Length && length > 0)
                {
                    Flush(sums, bucketsInTile);
                    (length, bucketsInTile) = (0, 0);
                    continue;
                }

                var begin = length;
                if (!sums[bucket].IsInfinity)
                    _tile[length++] = sums[bucket];

                foreach (var signed in rest[..fitting])
                {
                    _tile[length++] = signed < 0 ? -bases[~signed] : bases[signed];
                }

                _buckets[bucketsInTile] = bucket;
                _counts[bucketsInTile++] = length - begin;
                rest = rest[fitting..];
                if (!rest.IsEmpty)
                {
                    Flush(sums, bucketsInTile);
                    (length, bucketsInTile) = (0, 0);
                }
            }
        }

        Flush(sums, bucketsInTile);
    }

    /// <summary>Room for a tile of that many points: few sums are of so many that they need a whole one.</summary>
    private void Reserve(int length)
    {
        if (length <= _tile.Length)
            return;

        (_firsts, _targets) = (new int[length / 2], new int[length / 2]);
        (_buckets, _counts) = (new int[length], new int[length]);
        (_tile, _halved) = (new AffinePoint<TField, TCurve>[length], new AffinePoint<TField, TCurve>[length]);
    }

    /// <summary>Halves the tile until each of its buckets is one point, and puts these where they belong.</summary>
    private void Flush(Span<AffinePoint<TField, TCurve>> sums, int bucketsInTile)
    {
        while (Halve(bucketsInTile))
        {
            (_tile, _halved) = (_halved, _tile);
        }

        for (var i = 0; i < bucketsInTile; i++)
        {
            sums[_buckets[i]] = _tile[i];
        }
    }

    /// <summary>Adds neighbours within each bucket; an odd one out is carried over. False if every bucket has one point already.</summary>
    private bool Halve(int bucketsInTile)
    {
        var (read, write, pairs) = (0, 0, 0);
        for (var i = 0; i < bucketsInTile; i++)
        {
            var count = _counts[i];
            for (var end = read + count - 1; read < end; read += 2)
            {
                _firsts[pairs] = read;
                _targets[pairs++] = write++;
            }

            if (count % 2 != 0)
                _halved[write++] = _tile[read++];

            _counts[i] = (count + 1) / 2;
        }

        addition.AddNeighbours(_tile, _firsts.AsSpan(0, pairs), _halved, _targets.AsSpan(0, pairs));
        return pairs > 0;
    }
}
