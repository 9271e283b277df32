using System.Globalization;

namespace Prover.LanguageServer;

/// <summary>Takes messages from a stream: a header with the length of the content, an empty line, the content.</summary>
internal sealed class MessageReader(Stream stream) : IDisposable
{
    /// <summary>Far more than any text that the compiler reads, even with every character escaped.</summary>
    private const int MaximumContent = 1 << 26;

    private const int MaximumHeaderLine = 1 << 12;

    private readonly BufferedStream _stream = new(stream);

    /// <summary>The content of the next message, or null at the end of the stream, which may be within a message.</summary>
    /// <exception cref="RpcException">The header has no length that can be read. The next call goes on behind it.</exception>
    public byte[]? Read()
    {
        long? length = null;
        while (ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                length = LengthIn(line) ?? length;
                continue;
            }

            if (length is null)
            {
                throw new RpcException(ErrorCode.ParseError, "a header without Content-Length");
            }

            if (length is < 0 or > MaximumContent)
            {
                Skip(length.Value);
                throw new RpcException(ErrorCode.InvalidRequest, $"a message of {length:N0} bytes; at most {MaximumContent:N0} are read");
            }

            var content = new byte[length.Value];
            return _stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length ? content : null;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static long? LengthIn(string line)
    {
        var parts = line.Split(':', 2);
        return parts.Length == 2 && parts[0].Trim().Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
    }

    /// <summary>A line without its end, cut off where it is too long; null at the end of the stream.</summary>
    private string? ReadLine()
    {
        var line = new System.Text.StringBuilder();
        for (var next = _stream.ReadByte(); next >= 0; next = _stream.ReadByte())
        {
            if (next == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            if (line.Length < MaximumHeaderLine)
            {
                line.Append((char)next);
            }
        }

        return null;
    }

    private void Skip(long count)
    {
        for (; count > 0 && _stream.ReadByte() >= 0; count--)
        {
        }
    }
}
