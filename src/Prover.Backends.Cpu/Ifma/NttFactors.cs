using System.Runtime.InteropServices;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Factors as kernels read them: x·2²⁶⁰ mod p in limbs, factor k in lane k mod 8 of row ⌊k/8⌋.</summary>
internal static unsafe class NttFactors
{
    private const int Lanes = KernelData.VectorBytes / sizeof(ulong);
    private const ulong LimbMask = (1UL << KernelData.LimbBits) - 1;

    /// <summary>Where factor k of a table of rows lies.</summary>
    public static byte* Address(byte* rows, int k) => rows + (nint)(k / Lanes) * KernelData.BlockBytes + k % Lanes * sizeof(ulong);

    /// <summary>A table of factors, to at least two rows.</summary>
    public static NativeBlock Table(ReadOnlySpan<Fr> factors)
    {
        var count = factors.Length;
        var table = new NativeBlock(Math.Max(2, (count + Lanes - 1) / Lanes) * KernelData.BlockBytes);
        for (var k = 0; k < count; k++)
        {
            Write(table.Start, k, factors[k]);
        }

        return table;
    }

    /// <summary>Writes factor k.</summary>
    /// <remarks>An element is kept as x·2²⁵⁶ mod p, so 16·x is kept as what is wanted.</remarks>
    public static void Write(byte* rows, int k, Fr factor)
    {
        factor = factor.Double().Double().Double().Double();
        var words = MemoryMarshal.Cast<Fr, ulong>(new ReadOnlySpan<Fr>(in factor));
        var limb = (ulong*)Address(rows, k);
        limb[0 * Lanes] = words[0] & LimbMask;
        limb[1 * Lanes] = (words[0] >> 52 | words[1] << 12) & LimbMask;
        limb[2 * Lanes] = (words[1] >> 40 | words[2] << 24) & LimbMask;
        limb[3 * Lanes] = (words[2] >> 28 | words[3] << 36) & LimbMask;
        limb[4 * Lanes] = words[3] >> 16;
    }
}
