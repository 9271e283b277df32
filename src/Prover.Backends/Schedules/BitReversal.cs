namespace Prover.Backends;

/// <summary>Indices read backwards, as decimation leaves them; plain shifts, so that device kernels can use it too.</summary>
public static class BitReversal
{
    /// <summary>The lowest <paramref name="bits"/> bits of a value below 2^bits in the opposite order, 0 ≤ bits ≤ 31.</summary>
    /// <remarks>Halves change places, then their halves, down to single bits. Two shifts, since one by 32 would be one by 0.</remarks>
    public static int Of(int value, int bits)
    {
        var v = (uint)value;
        v = (v >> 16) | (v << 16);
        v = ((v >> 8) & 0x00ff00ff) | ((v & 0x00ff00ff) << 8);
        v = ((v >> 4) & 0x0f0f0f0f) | ((v & 0x0f0f0f0f) << 4);
        v = ((v >> 2) & 0x33333333) | ((v & 0x33333333) << 2);
        v = ((v >> 1) & 0x55555555) | ((v & 0x55555555) << 1);
        return (int)(v >> 1 >> (31 - bits));
    }
}
