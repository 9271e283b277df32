using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Prover.Algebra;

namespace Prover.Formats;

/// <summary>Writes iden3's section container.</summary>
internal sealed class SectionFileWriter : IDisposable
{
    private readonly OutputFile _file;
    private readonly IncrementalHash? _hash;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _buffered;
    private uint _sectionsLeft;
    private long _sectionBytesLeft;

    /// <summary>Begins the file; only one that is hashed as it is written can tell its hash.</summary>
    public SectionFileWriter(string path, string magic, uint version, uint sectionCount, bool isHashed = false)
    {
        _file = new(path);
        _hash = isHashed ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _sectionsLeft = sectionCount;
        _sectionBytesLeft = 12;
        Write(Encoding.ASCII.GetBytes(magic));
        WriteUInt32(version);
        WriteUInt32(sectionCount);
    }

    /// <summary>Begins the next section, whose length must be known.</summary>
    public void BeginSection(uint id, long length)
    {
        RequireComplete();
        _sectionsLeft = checked(_sectionsLeft - 1);
        _sectionBytesLeft = length + 12;
        WriteUInt32(id);
        WriteUInt64((ulong)length);
    }

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);

    /// <summary>The size of a field's elements and its prime.</summary>
    public void WritePrime<TModulus>()
        where TModulus : struct, IModulus
    {
        WriteUInt32(Fr.ByteCount);
        var bytes = Reserve(Fr.ByteCount);
        bytes.Clear();
        TModulus.Value.TryWriteBytes(bytes, out _, isUnsigned: true);
    }

    public void WriteCanonical(in Fr element) => element.WriteCanonical(Reserve(Fr.ByteCount));

    /// <summary>A number and an element that is in its canonical bytes already.</summary>
    public void WriteTerm(uint number, ReadOnlySpan<byte> canonical)
    {
        var bytes = Reserve(sizeof(uint) + Fr.ByteCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        canonical.CopyTo(bytes[sizeof(uint)..]);
    }

    public void WriteMontgomery(in Fr element) => element.WriteMontgomery(Reserve(Fr.ByteCount));

    public void WritePoint(in G1Affine point)
    {
        point.X.WriteMontgomery(Reserve(Fr.ByteCount));
        point.Y.WriteMontgomery(Reserve(Fr.ByteCount));
    }

    public void WritePoint(in G2Affine point)
    {
        point.X.C0.WriteMontgomery(Reserve(Fr.ByteCount));
        point.X.C1.WriteMontgomery(Reserve(Fr.ByteCount));
        point.Y.C0.WriteMontgomery(Reserve(Fr.ByteCount));
        point.Y.C1.WriteMontgomery(Reserve(Fr.ByteCount));
    }

    public void WritePoints(ReadOnlySpan<G1Affine> points)
    {
        foreach (ref readonly var point in points)
        {
            WritePoint(point);
        }
    }

    public void WritePoints(ReadOnlySpan<G2Affine> points)
    {
        foreach (ref readonly var point in points)
        {
            WritePoint(point);
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, _buffer.Length);
            bytes[..count].CopyTo(Reserve(count));
            bytes = bytes[count..];
        }
    }

    /// <summary>SHA-256 of all bytes written so far.</summary>
    public byte[] CurrentHash()
    {
        Flush();
        return _hash?.GetCurrentHash() ?? throw new InvalidOperationException("The file is not hashed as it is written.");
    }

    /// <summary>Makes the file appear under its name, replacing an older one.</summary>
    public void Complete()
    {
        RequireComplete();
        if (_sectionsLeft > 0)
        {
            throw new InvalidOperationException($"{_sectionsLeft} announced sections were not written.");
        }

        Flush();
        _file.Complete();
    }

    /// <summary>Removes the temporary file unless <see cref="Complete"/> has given it its name.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _hash?.Dispose();
    }

    private void RequireComplete()
    {
        if (_sectionBytesLeft != 0)
        {
            throw new InvalidOperationException($"The section before lacks {_sectionBytesLeft} of its announced bytes.");
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffered + count > _buffer.Length)
        {
            Flush();
        }

        var span = _buffer.AsSpan(_buffered, count);
        _buffered += count;
        _sectionBytesLeft -= count;
        return span;
    }

    private void Flush()
    {
        var pending = _buffer.AsSpan(0, _buffered);
        _hash?.AppendData(pending);
        _file.Stream.Write(pending);
        _buffered = 0;
    }
}
