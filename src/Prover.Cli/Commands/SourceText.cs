using System.Buffers;
using System.Text;
using Prover.Formats;

namespace Prover.Cli;

/// <summary>Tells source text from other files, of which the compiler would report one unknown character after the other.</summary>
internal static class SourceText
{
    /// <summary>Far more than the compiler reads of a file.</summary>
    private const int MaximumLength = 1 << 24;

    /// <summary>Refuses files that are no text; asked only where a file has errors, so that what the compiler accepts stays accepted.</summary>
    /// <exception cref="MalformedFileException">A file is not UTF-8, or holds a NUL.</exception>
    public static void Require(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            using var stream = File.OpenRead(path);
            if (stream.CanSeek && FindNoText(stream) is { } position)
            {
                throw new MalformedFileException(path, "whole file", position, "this is no source text, which must be UTF-8 without NUL.");
            }
        }
    }

    private static int? FindNoText(Stream stream)
    {
        var bytes = new byte[Math.Min(stream.Length, MaximumLength)];
        var rest = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        for (var position = 0; rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf8(rest, out var character, out var length) != OperationStatus.Done || character.Value == 0)
            {
                // A character that is cut off by the limit is none that the compiler read.
                return position + length == MaximumLength ? null : position;
            }

            position += length;
            rest = rest[length..];
        }

        return null;
    }
}
