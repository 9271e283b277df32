using System.Numerics;

namespace Prover.Chain;

/// <summary>Encodes the arguments of a call as 32-byte words.</summary>
/// <remarks>Solidity's contract ABI: static values in place, arrays of varying length behind all others with their offset in place.</remarks>
public sealed class AbiWriter
{
    /// <summary>Bytes of a word.</summary>
    public const int WordLength = 32;

    private readonly List<byte[]> _head = [];
    private readonly List<(int Place, int Length, BigInteger[] Words)> _arrays = [];

    /// <summary>Appends an unsigned integer below 2²⁵⁶.</summary>
    public AbiWriter Add(BigInteger value)
    {
        _head.Add(Word(value));
        return this;
    }

    /// <summary>Appends an array of fixed length.</summary>
    public AbiWriter Add(params ReadOnlySpan<BigInteger> values)
    {
        foreach (var value in values)
        {
            Add(value);
        }

        return this;
    }

    /// <summary>Appends an array of varying length.</summary>
    public AbiWriter AddArray(IEnumerable<BigInteger> items)
    {
        BigInteger[] words = [.. items];
        return AddArray(words.Length, words);
    }

    /// <summary>Appends an array of varying length of structs that have only static members.</summary>
    public AbiWriter AddArray(IReadOnlyCollection<BigInteger[]> structs) => AddArray(structs.Count, [.. structs.SelectMany(words => words)]);

    /// <summary>The encoded arguments, behind a function's selector if one is given.</summary>
    public byte[] ToBytes(string? signature = null)
    {
        List<byte[]> tail = [];
        foreach (var (place, length, words) in _arrays)
        {
            _head[place] = Word((_head.Count + tail.Count) * WordLength);
            tail.Add(Word(length));
            tail.AddRange(words.Select(Word));
        }

        IEnumerable<byte[]> parts = signature is null ? [] : [Keccak.Selector(signature)];
        return [.. parts.Concat(_head).Concat(tail).SelectMany(part => part)];
    }

    /// <summary>One big-endian word.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or does not fit.</exception>
    public static byte[] Word(BigInteger value)
    {
        if (value.Sign < 0 || value.GetBitLength() > 8 * WordLength)
        {
            throw new ArgumentOutOfRangeException(nameof(value), $"{value} is no unsigned 256-bit integer.");
        }

        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        var word = new byte[WordLength];
        bytes.CopyTo(word, WordLength - bytes.Length);
        return word;
    }

    private AbiWriter AddArray(int length, BigInteger[] words)
    {
        _arrays.Add((_head.Count, length, words));
        _head.Add([]);
        return this;
    }
}
