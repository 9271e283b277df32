using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Prover.Formats;

/// <summary>The part of a key's tables that is read, hashed and compared with what its own sizes demand before anything is mapped.</summary>
internal static class TablesHead
{
    private const int BufferLength = 1 << 20;

    /// <summary>Header, layout, and all bytes of the head.</summary>
    /// <exception cref="MalformedFileException">It breaks a rule.</exception>
    public static (TablesHeader Header, TablesLayout Layout, byte[] Head) Read(string path, SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        if (length < TablesHeader.Length)
        {
            throw new MalformedFileException(path, "header", 0, $"tables of a key have at least {TablesHeader.Length} bytes, the file has {length:N0}.");
        }

        var start = ReadExactly(path, file, 0, TablesHeader.Length);
        var header = TablesHeader.Read(new ByteReader(path, "header", 0, start));
        var layout = new TablesLayout(header.Counts);
        if (length != layout.FileLength || header.FileLength != layout.FileLength)
        {
            throw new MalformedFileException(
                path, "header", 112, $"the sizes make {layout.FileLength:N0} bytes, the header says {header.FileLength:N0}, the file has {length:N0}.");
        }

        // The file has as many bytes, so that this much memory is not asked for in vain.
        var head = ReadExactly(path, file, 0, checked((int)layout.HeadLength));
        RequireTable(path, head.AsSpan(TablesHeader.Length), layout.Table());
        var digest = SHA256.HashData(head);
        var kept = ReadExactly(path, file, layout.TrailerOffset, ZkeySections.DigestLength);
        return kept.AsSpan().SequenceEqual(digest)
            ? (header, layout, head)
            : throw new MalformedFileException(
                path, "digest", layout.TrailerOffset, $"the first {head.Length:N0} bytes have SHA-256 {Convert.ToHexString(digest)}, not the one kept here: the file was damaged.");
    }

    /// <summary>Reads the whole file and compares its hash with the one at its end.</summary>
    /// <exception cref="MalformedFileException">It breaks a rule, or the hashes differ.</exception>
    public static void CheckContents(string path, SafeFileHandle file)
    {
        var (_, layout, _) = Read(path, file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var end = layout.TrailerOffset + ZkeySections.DigestLength;
        for (long position = 0; position < end; position += BufferLength)
        {
            hash.AppendData(ReadExactly(path, file, position, (int)Math.Min(BufferLength, end - position)));
        }

        var digest = hash.GetHashAndReset();
        if (!ReadExactly(path, file, end, ZkeySections.DigestLength).AsSpan().SequenceEqual(digest))
        {
            throw new MalformedFileException(
                path, "contents", null, $"the first {end:N0} bytes have SHA-256 {Convert.ToHexString(digest)}, not the one kept after them: the file was damaged.");
        }
    }

    private static void RequireTable(string path, ReadOnlySpan<byte> found, ReadOnlySpan<byte> expected)
    {
        var equal = found.CommonPrefixLength(expected);
        if (equal < expected.Length)
        {
            throw new MalformedFileException(
                path, "section table", TablesHeader.Length + equal, $"the sizes in the header make this byte {expected[equal]}, it is {found[equal]}.");
        }
    }

    private static byte[] ReadExactly(string path, SafeFileHandle file, long offset, int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(done), offset + done);
            done += more > 0 ? more : throw new MalformedFileException(path, "contents", offset + done, "the file was cut off while it was read.");
        }

        return bytes;
    }
}
