using System.Buffers.Binary;
using System.Numerics;
using Prover.Algebra;

namespace Prover.Formats;

/// <summary>Reads the contents of one section in order; whatever is missing or out of range is named with its byte in the file.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="section">The section's name, for messages.</param>
/// <param name="origin">Where the section begins in the file.</param>
/// <param name="contents">The section.</param>
internal sealed class ByteReader(string path, string section, long origin, ReadOnlyMemory<byte> contents)
{
    private int _position;

    /// <summary>Bytes not yet read.</summary>
    public int Remaining => contents.Length - _position;

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
        {
            throw Malformed($"{count:N0} bytes are needed, {Remaining:N0} are left.");
        }

        var bytes = contents.Span.Slice(_position, count);
        _position += count;
        return bytes;
    }

    /// <summary>The next bytes, which stay next.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        var bytes = Take(count);
        _position -= count;
        return bytes;
    }

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>A count that later sizes arrays, so it must not exceed what the rest of the file can hold.</summary>
    public int ReadCount(string what, long maximum)
    {
        var value = ReadUInt32();
        return value <= maximum && value <= int.MaxValue
            ? (int)value
            : throw MalformedBefore(sizeof(uint), $"{what} must be at most {Math.Min(maximum, int.MaxValue):N0}, it is {value:N0}.");
    }

    /// <summary>A field's size in bytes and its prime, which must be those of BN254.</summary>
    public void ExpectPrime<TModulus>()
        where TModulus : struct, IModulus
    {
        var size = ReadUInt32();
        if (size != Fr.ByteCount)
        {
            throw MalformedBefore(sizeof(uint), $"elements of {TModulus.Name} have {Fr.ByteCount} bytes, here they have {size:N0}.");
        }

        var prime = new BigInteger(Take(Fr.ByteCount), isUnsigned: true);
        if (prime != TModulus.Value)
        {
            throw MalformedBefore(Fr.ByteCount, $"the prime must be BN254's {TModulus.Name}, {TModulus.Value}; it is {prime}.");
        }
    }

    /// <summary>A canonical element of Fr.</summary>
    public Fr ReadScalar() =>
        Fr.TryReadCanonical(Take(Fr.ByteCount), out var element)
            ? element
            : throw MalformedBefore(Fr.ByteCount, "the value must be below r.");

    /// <summary>Refuses bytes that nothing has asked for.</summary>
    public void ExpectEnd()
    {
        if (Remaining > 0)
        {
            throw Malformed($"{Remaining:N0} bytes follow the last value.");
        }
    }

    /// <summary>An error about the value that comes next.</summary>
    public MalformedFileException Malformed(string rule) => new(path, section, origin + _position, rule);

    /// <summary>An error about the value just read.</summary>
    public MalformedFileException MalformedBefore(int bytes, string rule) => new(path, section, origin + _position - bytes, rule);
}
