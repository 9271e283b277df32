using static System.Numerics.BitOperations;

namespace Prover.Bench.Tests;

/// <summary>SHA-256 on plain numbers.</summary>
internal static class Sha256Compression
{
    /// <summary>The state after a compression of the first <paramref name="rounds"/> rounds (FIPS 180-4, §6.2.2).</summary>
    public static uint[] Apply(uint[] state, uint[] block, int rounds = 64)
    {
        var w = new uint[64];
        block.CopyTo(w, 0);
        for (var t = 16; t < 64; t++)
        {
            var early = RotateRight(w[t - 15], 7) ^ RotateRight(w[t - 15], 18) ^ (w[t - 15] >> 3);
            var late = RotateRight(w[t - 2], 17) ^ RotateRight(w[t - 2], 19) ^ (w[t - 2] >> 10);
            w[t] = late + w[t - 7] + early + w[t - 16];
        }

        var v = (uint[])state.Clone();
        for (var t = 0; t < rounds; t++)
        {
            var (a, e) = (v[0], v[4]);
            var t1 = v[7] + (RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25)) + ((e & v[5]) ^ (~e & v[6])) + Sha256Constants.Round[t] + w[t];
            var t2 = (RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
            v = [t1 + t2, a, v[1], v[2], v[3] + t1, e, v[5], v[6]];
        }

        return [.. state.Zip(v, (x, y) => x + y)];
    }
}
