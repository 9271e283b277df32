using System.Buffers;

namespace Prover.Backends;

/// <summary>
/// Which bases one window's digits send to which bucket: bucket d (1 ≤ d ≤ 2^(bits−1)) receives the bases of digit ±d, bucket by bucket.
/// </summary>
/// <remarks>Pippenger's method: Σ digitᵢ·baseᵢ = Σ d·bucket_d.</remarks>
public sealed class BucketOrder : IDisposable
{
    private readonly int[] _starts;
    private readonly int[] _indices;

    private BucketOrder(int bucketCount, int capacity)
    {
        BucketCount = bucketCount;
        _starts = ArrayPool<int>.Shared.Rent(bucketCount + 1);
        _indices = ArrayPool<int>.Shared.Rent(capacity);
    }

    /// <summary>2^(bits−1).</summary>
    public int BucketCount { get; }

    /// <summary>Number of non-zero digits.</summary>
    public int Count => _starts[BucketCount];

    /// <summary>Where the bucket of digit d begins and the one before it ends, at index d − 1; the last entry is <see cref="Count"/>.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, BucketCount + 1);

    /// <summary>The bases in the order of their buckets: an index, complemented if the base is to be negated.</summary>
    public ReadOnlySpan<int> SignedIndices => _indices.AsSpan(0, Count);

    /// <summary>Sorts the digits of one window of the scalars at the places <paramref name="from"/> ≤ place &lt; <paramref name="to"/>.</summary>
    public static BucketOrder Of(SignedScalars scalars, int window, int bits, int from, int to)
    {
        var order = new BucketOrder(1 << (bits - 1), to - from);
        var digits = ArrayPool<int>.Shared.Rent(to - from);
        var starts = order._starts.AsSpan(0, order.BucketCount + 1);
        starts.Clear();
        for (var place = from; place < to; place++)
        {
            var digit = scalars.Digit(place, window, bits);
            digits[place - from] = digit;
            if (digit != 0)
                starts[Math.Abs(digit) - 1]++;
        }

        // Bucket sizes become bucket ends; filling from the back then turns ends into beginnings.
        for (var bucket = 1; bucket < starts.Length; bucket++)
        {
            starts[bucket] += starts[bucket - 1];
        }

        for (var place = to - 1; place >= from; place--)
        {
            var digit = digits[place - from];
            if (digit != 0)
            {
                var index = scalars.SignedIndex(place);
                order._indices[--starts[Math.Abs(digit) - 1]] = digit < 0 ? ~index : index;
            }
        }

        ArrayPool<int>.Shared.Return(digits);
        return order;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_indices);
    }
}
