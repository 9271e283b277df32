using System.Buffers;

namespace Prover.Backends;

/// <summary>Which points go to which list: the points of digit ±d make up list d − 1, list by list.</summary>
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

    /// <summary>Number of lists.</summary>
    public int BucketCount { get; }

    /// <summary>Number of non-zero digits.</summary>
    public int Count => _starts[BucketCount];

    /// <summary>Where the bucket of digit d begins and the one before it ends, at index d − 1; the last entry is <see cref="Count"/>.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, BucketCount + 1);

    /// <summary>The points in the order of their buckets: an index, complemented if the point is to be negated.</summary>
    public ReadOnlySpan<int> SignedIndices => _indices.AsSpan(0, Count);

    /// <summary>Sorts the digits of one window of the scalars at some places.</summary>
    public static BucketOrder Of(SignedScalars scalars, int window, int bits, Range places)
    {
        var (from, count) = places.GetOffsetAndLength(scalars.Count);
        var digits = ArrayPool<int>.Shared.Rent(count);
        scalars.Digits(window, bits, from, digits.AsSpan(0, count));
        var order = Of(digits.AsSpan(0, count), scalars.SignedIndices[places], 1 << (bits - 1));
        ArrayPool<int>.Shared.Return(digits);
        return order;
    }

    /// <summary>Sorts points by digits, of as many absolute values as there are to be buckets; a digit's sign goes to its point's index.</summary>
    public static BucketOrder Of(ReadOnlySpan<int> digits, ReadOnlySpan<int> signedIndices, int bucketCount)
    {
        var order = new BucketOrder(bucketCount, digits.Length);
        var starts = order._starts.AsSpan(0, bucketCount + 1);
        starts.Clear();
        foreach (var digit in digits)
        {
            if (digit != 0)
                starts[Math.Abs(digit) - 1]++;
        }

        // Bucket sizes become bucket ends; filling from the back then turns ends into beginnings.
        for (var bucket = 1; bucket < starts.Length; bucket++)
        {
            starts[bucket] += starts[bucket - 1];
        }

        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var digit = digits[i];
            if (digit != 0)
                order._indices[--starts[Math.Abs(digit) - 1]] = signedIndices[i] ^ (digit >> 31);
        }

        return order;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_indices);
    }
}
