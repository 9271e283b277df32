using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Prover.Backends.Gpu.Tests;

/// <summary>A stretch of memory that knows which of its bytes were ever written.</summary>
internal sealed class PtxRegion(string name, ulong address, int size)
{
    // Eight more bytes, so that any access can take a word; what is inside is checked before.
    private readonly byte[] _bytes = new byte[size + sizeof(ulong)];
    private readonly byte[] _written = new byte[size + sizeof(ulong)];
    private readonly PtxAccessHistory _history = new(size);

    public ulong Address => address;

    public int Size => size;

    public string Name => name;

    public bool Contains(ulong at, int width) => at - address <= (ulong)size && (ulong)size - (at - address) >= (ulong)width;

    /// <summary>The bytes from an address on, at most eight, lowest first.</summary>
    public ulong Read(ulong at, int width) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan((int)(at - address))) & Mask(width);

    public bool IsWritten(ulong at, int width)
    {
        var all = 0x0101_0101_0101_0101UL & Mask(width);
        return (BinaryPrimitives.ReadUInt64LittleEndian(_written.AsSpan((int)(at - address))) & all) == all;
    }

    /// <summary>Notes that a thread reads, and gives what races with that; null if nothing does.</summary>
    public string? NoteRead(ulong at, int width, in PtxAccessor by) => _history.Read((int)(at - address), width, by);

    /// <summary>Notes that a thread writes, and gives what races with that; null if nothing does.</summary>
    public string? NoteWrite(ulong at, int width, ulong value, in PtxAccessor by, bool isAtomic) =>
        _history.Write((int)(at - address), width, by, isAtomic, changesNothing: Read(at, width) == (value & Mask(width)));

    public void Write(ulong at, int width, ulong value)
    {
        var offset = (int)(at - address);
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(word, value);
        word[..width].CopyTo(_bytes.AsSpan(offset));
        _written.AsSpan(offset, width).Fill(1);
    }

    /// <summary>Copies bytes in, as the host does.</summary>
    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(offset, size - offset));
        _written.AsSpan(offset, bytes.Length).Fill(1);
    }

    /// <summary>Copies the whole out, as the host does.</summary>
    /// <exception cref="PtxFaultException">Some byte was never written.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var missing = _written.AsSpan(0, size).IndexOf((byte)0);
        return missing < 0
            ? MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(0, size)).ToArray()
            : throw new PtxFaultException($"Byte {missing:N0} of the {size:N0} of {name} was never written.");
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_bytes);
        Array.Clear(_written);
        _history.Clear();
    }

    private static ulong Mask(int width) => ulong.MaxValue >> (64 - 8 * width);
}
