using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Takes eight elements of Fq out of vector form: fully reduced, in four words of 64 bits each.</summary>
internal static unsafe class LaneWords
{
    private const int Lanes = KernelData.VectorBytes / sizeof(ulong);
    private const long LimbMask = (1L << KernelData.LimbBits) - 1;
    private const int Words = 4;

    /// <summary>Limbs of 4p, 2p and p.</summary>
    private static readonly long[] Multiples = [.. new[] { 4, 2, 1 }.SelectMany(factor => Limbs(factor * Fq.Modulus))];

    /// <summary>Writes the words of eight elements.</summary>
    /// <remarks>
    /// Adding p makes values positive; then 4p, 2p and p are subtracted from those that are not below them, which leaves [0, p).
    /// </remarks>
    /// <param name="element">Five vectors of signed limbs, whose values are in (−p, 7p).</param>
    /// <param name="target">Where the first element's words go.</param>
    /// <param name="stride">Words from one element to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(byte* element, ulong* target, int stride)
    {
        fixed (long* multiples = Multiples)
        {
            var one = multiples + 2 * KernelData.Limbs;
            var limbs = (long*)element;
            var t0 = Vector512.Load(limbs) + Vector512.Create(one[0]);
            var t1 = Vector512.Load(limbs + Lanes) + Vector512.Create(one[1]);
            var t2 = Vector512.Load(limbs + 2 * Lanes) + Vector512.Create(one[2]);
            var t3 = Vector512.Load(limbs + 3 * Lanes) + Vector512.Create(one[3]);
            var t4 = Vector512.Load(limbs + 4 * Lanes) + Vector512.Create(one[4]);
            Carry(ref t0, ref t1, ref t2, ref t3, ref t4);
            for (var multiple = multiples; multiple <= one; multiple += KernelData.Limbs)
            {
                var u0 = t0 - Vector512.Create(multiple[0]);
                var u1 = t1 - Vector512.Create(multiple[1]);
                var u2 = t2 - Vector512.Create(multiple[2]);
                var u3 = t3 - Vector512.Create(multiple[3]);
                var u4 = t4 - Vector512.Create(multiple[4]);
                Carry(ref u0, ref u1, ref u2, ref u3, ref u4);
                var isBelow = Vector512.LessThan(u4, Vector512<long>.Zero);
                t0 = Vector512.ConditionalSelect(isBelow, t0, u0);
                t1 = Vector512.ConditionalSelect(isBelow, t1, u1);
                t2 = Vector512.ConditionalSelect(isBelow, t2, u2);
                t3 = Vector512.ConditionalSelect(isBelow, t3, u3);
                t4 = Vector512.ConditionalSelect(isBelow, t4, u4);
            }

            var words = stackalloc long[Words * Lanes];
            (t0 | t1 << 52).Store(words);
            (t1 >> 12 | t2 << 40).Store(words + Lanes);
            (t2 >> 24 | t3 << 28).Store(words + 2 * Lanes);
            (t3 >> 36 | t4 << 16).Store(words + 3 * Lanes);
            for (var lane = 0; lane < Lanes; lane++, target += stride)
            {
                target[0] = (ulong)words[lane];
                target[1] = (ulong)words[Lanes + lane];
                target[2] = (ulong)words[2 * Lanes + lane];
                target[3] = (ulong)words[3 * Lanes + lane];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(ref Vector512<long> t0, ref Vector512<long> t1, ref Vector512<long> t2, ref Vector512<long> t3, ref Vector512<long> t4)
    {
        var mask = Vector512.Create(LimbMask);
        t1 += t0 >> KernelData.LimbBits;
        t2 += t1 >> KernelData.LimbBits;
        t3 += t2 >> KernelData.LimbBits;
        t4 += t3 >> KernelData.LimbBits;
        t0 &= mask;
        t1 &= mask;
        t2 &= mask;
        t3 &= mask;
    }

    private static IEnumerable<long> Limbs(BigInteger value) =>
        Enumerable.Range(0, KernelData.Limbs).Select(i => (long)((value >> (KernelData.LimbBits * i)) & LimbMask));
}
