using System.Buffers;
using System.Text;
using Prover.Formats;
using Prover.Language;

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
            if (stream.CanSeek)
            {
                Require(path, Read(stream));
            }
        }
    }

    /// <summary>A text that is to be written again, of which therefore nothing may be lost; or its beginning, if the compiler would not read all of it.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="stream">A file or a pipe.</param>
    /// <exception cref="MalformedFileException">It is not UTF-8, or holds a NUL.</exception>
    public static SourceFile Read(string name, Stream stream)
    {
        var bytes = Read(stream);
        Require(name, bytes);
        return new(name.Replace('\\', '/'), Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes));
    }

    private static ReadOnlySpan<byte> Read(Stream stream)
    {
        var bytes = new byte[stream.CanSeek ? Math.Min(stream.Length, MaximumLength) : MaximumLength];
        return bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    private static void Require(string name, ReadOnlySpan<byte> bytes)
    {
        if (FindNoText(bytes) is { } position)
        {
            throw new MalformedFileException(name, "whole file", position, "this is no source text, which must be UTF-8 without NUL.");
        }
    }

    private static int? FindNoText(ReadOnlySpan<byte> rest)
    {
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
