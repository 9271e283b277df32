using System.Buffers.Binary;

namespace Prover.Backends.Cpu;

/// <summary>Indices read backwards.</summary>
internal static class BitReversal
{
    /// <summary>The 32 bits in the opposite order.</summary>
    /// <remarks>Bytes change places, then halves of bytes, pairs and single bits within each.</remarks>
    public static uint Of(uint value)
    {
        value = BinaryPrimitives.ReverseEndianness(value);
        value = ((value >> 4) & 0x0f0f0f0f) | ((value & 0x0f0f0f0f) << 4);
        value = ((value >> 2) & 0x33333333) | ((value & 0x33333333) << 2);
        return ((value >> 1) & 0x55555555) | ((value & 0x55555555) << 1);
    }

    /// <summary>The lowest <paramref name="bits"/> bits in the opposite order; 1 ≤ bits ≤ 32 or the value is 0.</summary>
    public static int Of(int value, int bits) => bits == 0 ? 0 : (int)(Of((uint)value) >> (32 - bits));
}
