using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using MessagePack;
using Prover.Constraints;
using Prover.Witness;

namespace Prover.Formats;

internal static partial class CircuitReader
{
    /// <summary>A scale beyond this is no decimal anyone meant; it also keeps messages short.</summary>
    private const int MaximumScale = 76;

    private static ValueKind Kind(ref MessagePackReader reader, string path) => reader.ReadByte() is var kind && kind <= (byte)ValueKind.Boolean
        ? (ValueKind)kind
        : throw Malformed(ref reader, path, "kind", $"unknown kind {kind}");

    private static int Scale(ref MessagePackReader reader, string path)
    {
        var scale = reader.ReadInt32();
        return scale is >= 0 and <= MaximumScale
            ? scale
            : throw Malformed(ref reader, path, "scale", $"expected 0 to {MaximumScale}, got {scale}");
    }

    private static BigInteger Integer(ref MessagePackReader reader, string path) => Bytes(ref reader, path, "integer") is { Length: > 0 and <= 64 } bytes
        ? new BigInteger(bytes)
        : throw Malformed(ref reader, path, "integer", "expected 1 to 64 bytes");

    private static string[] Texts(ref MessagePackReader reader, string path, string place)
    {
        var texts = new string[reader.ReadArrayHeader()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(ref reader, path, place);
        }

        return texts;
    }

    private static int[] Words(ref MessagePackReader reader, string path, string place)
    {
        var bytes = Bytes(ref reader, path, place);
        if (bytes.Length % sizeof(int) != 0)
        {
            throw Malformed(ref reader, path, place, $"expected a multiple of {sizeof(int)} bytes, got {bytes.Length:N0}");
        }

        var words = new int[bytes.Length / sizeof(int)];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int)));
        }

        return words;
    }

    private static byte[] Bytes(ref MessagePackReader reader, string path, string place) =>
        reader.ReadBytes()?.ToArray() ?? throw Malformed(ref reader, path, place, "expected bytes, got nil");

    private static string Text(ref MessagePackReader reader, string path, string place) =>
        reader.ReadString() ?? throw Malformed(ref reader, path, place, "expected text, got nil");

    private static void ExpectArray(ref MessagePackReader reader, string path, string place, int count)
    {
        var actual = reader.ReadArrayHeader();
        if (actual != count)
        {
            throw Malformed(ref reader, path, place, $"expected {count} elements, got {actual:N0}");
        }
    }

    private static MalformedFileException Malformed(ref MessagePackReader reader, string path, string place, string rule) =>
        new(path, place, reader.Consumed, rule);
}
