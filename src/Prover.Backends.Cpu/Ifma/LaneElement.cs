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

    /// <summary>Elements in the kernels' ranges are below so many times p; a vector has a lane for each multiple.</summary>
    private const int MultipleCount = 8;

    private static readonly ulong[] Prime = Limbs(Fq.Modulus);
    private static readonly ulong LowWord = (ulong)(Fq.Modulus & ulong.MaxValue);

    /// <summary>Vector i has limb i of k·p in lane k.</summary>
    private static readonly Vector512<ulong>[] Multiples =
        [.. Enumerable.Range(0, KernelData.Limbs).Select(i => Vector512.Create<ulong>([.. Enumerable.Range(0, MultipleCount).Select(k => Limbs(k * Fq.Modulus)[i])]))];

    /// <summary>1/p modulo 2⁶⁴ by Newton's rule: p is its own inverse in three bits, and each step doubles them.</summary>
    private static readonly ulong PrimeInverse = Enumerable.Range(0, 5).Aggregate(LowWord, (inverse, _) => inverse * (2 - LowWord * inverse));

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

    /// <summary>Which of eight elements, values in (−p, 8p) of normalised limbs, are multiples of p: a bit for each.</summary>
    /// <remarks>
    /// The lowest limb times 1/p modulo 2⁵² is k for k·p. The limbs of k·p, k &lt; 8, are looked up and compared. That also holds for a negative value of
    /// limbs that are not carried, of which not all can be those of a k·p.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe uint Zeros(ulong* elements)
    {
        var multiple = Vector512.Load(elements) * Vector512.Create(PrimeInverse) & Vector512.Create(LimbMask);
        var zeros = Vector512.LessThan(multiple, Vector512.Create<ulong>(MultipleCount));
        if (zeros == Vector512<ulong>.Zero)
            return 0;

        for (var i = 0; i < KernelData.Limbs; i++)
        {
            zeros &= Vector512.Equals(Vector512.Load(elements + i * Lanes), Vector512.Shuffle(Multiples[i], multiple));
        }

        return (uint)zeros.ExtractMostSignificantBits();
    }

    /// <summary>Writes 1 as the kernels have it over those of eight elements that have a bit.</summary>
    public static unsafe void WriteOnes(ulong* elements, uint lanes)
    {
        for (; lanes != 0; lanes &= lanes - 1)
        {
            WriteOne(new Span<ulong>(elements + BitOperations.TrailingZeroCount(lanes), Span));
        }
    }

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
