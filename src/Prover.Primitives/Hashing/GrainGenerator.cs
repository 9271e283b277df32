using System.Numerics;
using Prover.Algebra;

namespace Prover.Primitives;

/// <summary>The Grain LFSR in self-shrinking mode, from which Poseidon takes its constants so that nobody could choose them.</summary>
/// <remarks>Poseidon (Grassi et al. 2021), appendix E, with the encoding of the authors' generate_params_poseidon script.</remarks>
internal sealed class GrainGenerator
{
    private const int StateBits = 80;
    private const int DiscardedBits = 160;
    private const int FieldBits = 254;

    private readonly bool[] _state = new bool[StateBits];
    private int _first;

    /// <summary>Seeds the register with the parameters of a permutation over a prime field with the S-box x⁵.</summary>
    public GrainGenerator(int width, int fullRounds, int partialRounds)
    {
        var position = 0;
        Append(1, 2);
        Append(0, 4);
        Append(FieldBits, 12);
        Append(width, 12);
        Append(fullRounds, 10);
        Append(partialRounds, 10);
        Append((1 << 30) - 1, 30);
        for (var i = 0; i < DiscardedBits; i++)
        {
            Clock();
        }

        void Append(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--)
            {
                _state[position++] = ((value >> bit) & 1) != 0;
            }
        }
    }

    /// <summary>The next 254-bit number below r; larger ones are skipped.</summary>
    public Fr NextBelowModulus()
    {
        BigInteger number;
        do
        {
            number = NextNumber();
        }
        while (number >= Fr.Modulus);
        return Fr.FromInteger(number);
    }

    /// <summary>The next 254-bit number, modulo r.</summary>
    public Fr NextReduced() => Fr.FromInteger(NextNumber());

    private BigInteger NextNumber()
    {
        Span<byte> bytes = stackalloc byte[Fr.ByteCount];
        bytes.Clear();
        for (var bit = FieldBits - 1; bit >= 0; bit--)
        {
            if (NextBit())
            {
                bytes[bit >> 3] |= (byte)(1 << (bit & 7));
            }
        }

        return new(bytes, isUnsigned: true);
    }

    /// <summary>Of each pair of register bits the second is used if the first is 1, and both are dropped otherwise.</summary>
    private bool NextBit()
    {
        while (!Clock())
        {
            Clock();
        }

        return Clock();
    }

    private bool Clock()
    {
        var bit = At(62) ^ At(51) ^ At(38) ^ At(23) ^ At(13) ^ At(0);
        _state[_first] = bit;
        _first = (_first + 1) % StateBits;
        return bit;
    }

    private bool At(int index) => _state[(_first + index) % StateBits];
}
