using System.Numerics;

namespace Prover.Backends.Gpu.Tests;

/// <summary>Words of 32 or 64 bits for tests of instructions, and what they mean as numbers.</summary>
internal static class PtxWords
{
    /// <summary>Rows of words, first all pairings of edges, then random ones, and the seed of those.</summary>
    public static ulong[][] Rows(int bits, int count, int length, int seed)
    {
        var mask = ulong.MaxValue >> (64 - bits);
        ulong[] edges = [0, 1, 2, mask >> 1, (mask >> 1) + 1, mask - 1, mask];
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, length)
                .Select(column => column < 2 && i < edges.Length * edges.Length
                    ? edges[column == 0 ? i / edges.Length : i % edges.Length]
                    : random.Next(3) == 0 ? edges[random.Next(edges.Length)] : (ulong)random.NextInt64(long.MinValue, long.MaxValue) & mask)
                .ToArray()),
        ];
    }

    /// <summary>The number that a word is.</summary>
    public static BigInteger Number(ulong word, int bits, bool isSigned) =>
        isSigned && word >> (bits - 1) != 0 ? word - (BigInteger.One << bits) : word;

    /// <summary>The word that a number is modulo a power of two.</summary>
    public static ulong Word(BigInteger number, int bits) => (ulong)(number & ((BigInteger.One << bits) - 1));
}
