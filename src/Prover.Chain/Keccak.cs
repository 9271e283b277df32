using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Prover.Chain;

/// <summary>Keccak-256 as Ethereum uses it, with the padding from before FIPS 202.</summary>
public static class Keccak
{
    /// <summary>The 32-byte hash of some bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(bytes);
        var hash = new byte[32];
        digest.DoFinal(hash, 0);
        return hash;
    }

    /// <summary>The four bytes that select a function by its signature, such as "claim()".</summary>
    public static byte[] Selector(string signature) => Hash(Encoding.ASCII.GetBytes(signature))[..4];
}
