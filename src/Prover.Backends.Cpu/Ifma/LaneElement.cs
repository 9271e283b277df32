using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Reads and writes single elements of Fq in vector form: five limbs of 52 bits, each eight words behind the one before.</summary>
/// <remarks>Kernels keep points in Montgomery form for R = 2²⁵⁶, so that words and limbs hold the same number.</remarks>
internal static class LaneElement
{
    /// <summary>Lanes of a vector.</summary>
    public const int Lanes = KernelData.VectorBytes / sizeof(ulong);

    /// <summary>Words from an element's first limb to its last, both included.</summary>
    public const int Span = (KernelData.Limbs - 1) * Lanes + 1;

    private const ulong LimbMask = (1UL << KernelData.LimbBits) - 1;

    /// <summary>Elements in the kernels' ranges are below so many times p.</summary>
    private const int MultipleCount = 8;

    private static readonly ulong[] Prime = Limbs(Fq.Modulus);
    private static readonly ulong[][] Multiples = [.. Enumerable.Range(0, MultipleCount).Select(k => Limbs(k * Fq.Modulus))];

    /// <summary>1/p modulo 2⁶⁴ by Newton's rule: p is its own inverse in three bits, and each step doubles them.</summary>
    private static readonly ulong PrimeInverse = Enumerable.Range(0, 5).Aggregate(Prime[0] | Prime[1] << KernelData.LimbBits, (inverse, _) => inverse * (2 - (Prime[0] | Prime[1] << KernelData.LimbBits) * inverse));

    /// <summary>2²⁶⁰ mod p, the kernels' 1.</summary>
    public static ulong[] One { get; } = Limbs((BigInteger.One << 260) % Fq.Modulus);

    /// <summary>The element whose Montgomery form is a value in (−p, 4p) of signed limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Fq Read(ReadOnlySpan<ulong> limbs)
    {
        // p is added limb by limb, and carried by signed shifts. Then the value is below 5p < 2²⁵⁶.
        var t0 = limbs[0] + Prime[0];
        var t1 = limbs[Lanes] + Prime[1] + (ulong)((long)t0 >> 52);
        var t2 = limbs[2 * Lanes] + Prime[2] + (ulong)((long)t1 >> 52);
        var t3 = limbs[3 * Lanes] + Prime[3] + (ulong)((long)t2 >> 52);
        var t4 = limbs[4 * Lanes] + Prime[4] + (ulong)((long)t3 >> 52);
        (t0, t1, t2, t3) = (t0 & LimbMask, t1 & LimbMask, t2 & LimbMask, t3 & LimbMask);
        ReadOnlySpan<ulong> words = [t0 | t1 << 52, t1 >> 12 | t2 << 40, t2 >> 24 | t3 << 28, t3 >> 36 | t4 << 16];

        // A product with 1 is below 2p whatever its other factor below 2²⁵⁶, and comes out reduced.
        return MemoryMarshal.Cast<ulong, Fq>(words)[0] * Fq.One;
    }

    /// <summary>Writes the limbs of an element's Montgomery form, each <paramref name="stride"/> words behind the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(Span<ulong> limbs, Fq value, int stride = Lanes)
    {
        var words = MemoryMarshal.Cast<Fq, ulong>(MemoryMarshal.CreateReadOnlySpan(ref value, 1));
        limbs[0] = words[0] & LimbMask;
        limbs[stride] = (words[0] >> 52 | words[1] << 12) & LimbMask;
        limbs[2 * stride] = (words[1] >> 40 | words[2] << 24) & LimbMask;
        limbs[3 * stride] = (words[2] >> 28 | words[3] << 36) & LimbMask;
        limbs[4 * stride] = words[3] >> 16;
    }

    /// <summary>Writes a + 2·x + p for the Montgomery forms of a and x, a value in [p, 4p), carried.</summary>
    public static void WriteRun(Span<ulong> limbs, Fq a, Fq x)
    {
        Span<ulong> other = stackalloc ulong[KernelData.Limbs];
        Write(limbs, a);
        Write(other, x, stride: 1);
        var carry = 0UL;
        for (var i = 0; i < KernelData.Limbs; i++)
        {
            // Below 2⁵²·4 and a small carry. The value is below 2²⁵⁶, so that the top limb keeps nothing back.
            var sum = limbs[i * Lanes] + 2 * other[i] + Prime[i] + carry;
            (limbs[i * Lanes], carry) = (sum & LimbMask, sum >> KernelData.LimbBits);
        }
    }

    /// <summary>Whether a value in [0, 8p) of normalised limbs is a multiple of p.</summary>
    public static bool IsZero(ReadOnlySpan<ulong> limbs)
    {
        var multiple = limbs[0] * PrimeInverse & LimbMask;
        if (multiple >= MultipleCount)
            return false;

        for (var i = 0; i < KernelData.Limbs; i++)
        {
            if (limbs[i * Lanes] != Multiples[multiple][i])
                return false;
        }

        return true;
    }

    /// <summary>Bit i: element i, of which the lowest limb is given, may be k·p with k &lt; 8. Of other elements one in 2⁴⁹ looks like that.</summary>
    public static uint PossibleZeros(Vector512<ulong> lowest) => (uint)Vector512.LessThan(
        lowest * Vector512.Create(PrimeInverse) & Vector512.Create(LimbMask), Vector512.Create<ulong>(MultipleCount)).ExtractMostSignificantBits();

    /// <summary>Writes 1 as the kernels have it.</summary>
    public static void WriteOne(Span<ulong> limbs)
    {
        for (var limb = 0; limb < KernelData.Limbs; limb++)
        {
            limbs[limb * Lanes] = One[limb];
        }
    }

    /// <summary>The limbs of a number.</summary>
    public static ulong[] Limbs(BigInteger value) =>
        [.. Enumerable.Range(0, KernelData.Limbs).Select(i => (ulong)((value >> (KernelData.LimbBits * i)) & LimbMask))];
}
