using System.Buffers;

namespace Prover.Formats;

/// <summary>A buffer in front of a stream, for writers that ask for memory to write to: a long file is never in memory as a whole.</summary>
internal sealed class StreamBuffer(Stream stream) : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[1 << 17];
    private int _used;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _used);
        _used += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var size = Math.Max(1, sizeHint);
        if (_buffer.Length - _used < size)
        {
            Flush();
            _buffer = _buffer.Length < size ? new byte[size] : _buffer;
        }

        return _buffer.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Hands everything on to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
