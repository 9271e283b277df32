using System.Buffers;

namespace Prover.Formats;

/// <summary>Reads lists of canonical elements of Fr, in parallel and straight into place.</summary>
internal static class ScalarReader
{
    private const int BatchLength = 4096;

    /// <summary>Elements of 32 little-endian bytes each.</summary>
    /// <exception cref="MalformedFileException">One is not below r; the first such is named.</exception>
    public static Fr[] Read(SectionFile file, string name, long offset, int count)
    {
        var elements = new Fr[count];
        var firstFault = count;
        Parallel.For(0, (count + BatchLength - 1) / BatchLength, batch =>
        {
            var start = batch * BatchLength;
            var length = Math.Min(BatchLength, count - start);
            var bytes = ArrayPool<byte>.Shared.Rent(length * Fr.ByteCount);
            file.ReadExactly(bytes.AsSpan(0, length * Fr.ByteCount), offset + ((long)start * Fr.ByteCount));
            var fault = Convert(bytes, elements.AsSpan(start, length));
            ArrayPool<byte>.Shared.Return(bytes);
            if (fault < length)
            {
                Lower(ref firstFault, start + fault);
            }
        });
        return firstFault == count
            ? elements
            : throw file.Malformed(name, offset + ((long)firstFault * Fr.ByteCount), $"value {firstFault:N0} must be below r.");
    }

    /// <summary>The number of elements before the first that is not below r.</summary>
    private static int Convert(ReadOnlySpan<byte> bytes, Span<Fr> elements)
    {
        var done = 0;
        while (done < elements.Length && Fr.TryReadCanonical(bytes.Slice(done * Fr.ByteCount, Fr.ByteCount), out elements[done]))
        {
            done++;
        }

        return done;
    }

    private static void Lower(ref int least, int value)
    {
        for (var seen = least; value < seen;)
        {
            var found = Interlocked.CompareExchange(ref least, value, seen);
            if (found == seen)
                return;

            seen = found;
        }
    }
}
