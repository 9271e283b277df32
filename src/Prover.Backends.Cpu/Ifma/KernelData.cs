using System.Numerics;
using System.Runtime.InteropServices;
using static Iced.Intel.AssemblerRegisters;
using Memory = Iced.Intel.AssemblerMemoryOperand;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>The constants and the scratch space of kernels over one prime, as vectors of 64 bytes addressed from register r10.</summary>
/// <remarks>
/// A constant is spread over five vectors, one for each limb of 52 bits, with the same limb in all eight lanes. Kernels refer to
/// vectors by their offset while they are assembled; <see cref="Build"/> then makes a block, one for each thread, since its scratch space is written to.
/// </remarks>
internal sealed unsafe class KernelData
{
    /// <summary>Bytes of one vector: eight lanes of 64 bits.</summary>
    public const int VectorBytes = 64;

    /// <summary>Limbs of an element; 5·52 = 260 bits.</summary>
    public const int Limbs = 5;

    /// <summary>Bits of a limb: what VPMADD52 multiplies.</summary>
    public const int LimbBits = 52;

    /// <summary>Bytes of eight elements.</summary>
    public const int BlockBytes = Limbs * VectorBytes;

    private const ulong LimbMask = (1UL << LimbBits) - 1;

    private readonly List<ulong> _words = [];
    private readonly Dictionary<BigInteger, int> _constants = [];
    private readonly Dictionary<ulong, int> _spreadWords = [];
    private readonly int _modulus;
    private readonly int _negativeInverse;
    private readonly int _mask;

    /// <param name="modulus">An odd prime below 2²⁵⁴.</param>
    public KernelData(BigInteger modulus)
    {
        Modulus = modulus;
        _modulus = Constant(modulus);
        var radix = BigInteger.One << LimbBits;
        _negativeInverse = Spread((ulong)(radix - ModularInverse(modulus, radix)));
        _mask = Spread(LimbMask);
    }

    /// <summary>The prime p.</summary>
    public BigInteger Modulus { get; }

    /// <summary>2⁵² − 1 in every lane.</summary>
    public Memory Mask => At(_mask);

    /// <summary>−p⁻¹ mod 2⁵² in every lane.</summary>
    public Memory NegativeInverse => At(_negativeInverse);

    /// <summary>Limb i of p in every lane.</summary>
    public Memory ModulusLimb(int i) => At(_modulus + VectorBytes * i);

    /// <summary>The vector at an offset.</summary>
    public static Memory At(int offset) => __zmmword_ptr[r10 + offset];

    /// <summary>Where the five vectors of a constant below 2²⁶⁰ lie.</summary>
    public int Constant(BigInteger value)
    {
        if (_constants.TryGetValue(value, out var offset))
            return offset;

        offset = Next;
        for (var i = 0; i < Limbs; i++)
        {
            Spread((ulong)((value >> (LimbBits * i)) & LimbMask));
        }

        return _constants[value] = offset;
    }

    /// <summary>The five vectors of a small multiple of p.</summary>
    public Func<int, Memory> Multiple(int factor)
    {
        var offset = Constant(factor * Modulus);
        return i => At(offset + VectorBytes * i);
    }

    /// <summary>A vector with the same word in every lane.</summary>
    public Memory Word(ulong value)
    {
        if (!_spreadWords.TryGetValue(value, out var offset))
            _spreadWords[value] = offset = Spread(value);

        return At(offset);
    }

    /// <summary>Where a vector of eight words lies.</summary>
    public int Lanes(ReadOnlySpan<ulong> words)
    {
        var offset = Next;
        _words.AddRange(words);
        return offset;
    }

    /// <summary>Where a table of eight negated constants lies: limb j of −value(k) in lane k of vector j, signed.</summary>
    public int NegatedTable(Func<int, BigInteger> value)
    {
        var offset = Next;
        for (var limb = 0; limb < Limbs; limb++)
        {
            for (var lane = 0; lane < VectorBytes / sizeof(ulong); lane++)
            {
                _words.Add(unchecked(0 - (ulong)((value(lane) >> (LimbBits * limb)) & LimbMask)));
            }
        }

        return offset;
    }

    /// <summary>Room for that many vectors.</summary>
    public int Scratch(int vectors)
    {
        var offset = Next;
        _words.AddRange(new ulong[vectors * (VectorBytes / sizeof(ulong))]);
        return offset;
    }

    /// <summary>A block of its own with all constants and cleared scratch space.</summary>
    public NativeBlock Build()
    {
        var block = new NativeBlock(_words.Count * sizeof(ulong));
        CollectionsMarshal.AsSpan(_words).CopyTo(block.Words);
        return block;
    }

    private int Next => _words.Count * sizeof(ulong);

    private int Spread(ulong value)
    {
        var offset = Next;
        for (var lane = 0; lane < VectorBytes / sizeof(ulong); lane++)
        {
            _words.Add(value);
        }

        return offset;
    }

    private static BigInteger ModularInverse(BigInteger value, BigInteger powerOfTwo)
    {
        // Newton: each step doubles the number of correct bits, of which an odd number has three to begin with.
        var inverse = value;
        for (var i = 0; i < 6; i++)
        {
            inverse = inverse * (2 - value * inverse) % powerOfTwo;
        }

        return (inverse % powerOfTwo + powerOfTwo) % powerOfTwo;
    }
}
