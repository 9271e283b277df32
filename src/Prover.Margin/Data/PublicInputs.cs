using System.Numerics;
using Org.BouncyCastle.Crypto.Digests;

namespace Prover.Margin;

/// <summary>The public inputs of a batch proof, in the circuit's order.</summary>
/// <param name="OldRoot">The state root before.</param>
/// <param name="NewRoot">The state root after.</param>
/// <param name="Digest">c, the hash of the data words.</param>
/// <param name="Challenge">z, derived by the contract from words, digest and roots.</param>
/// <param name="Evaluation">y, the words as a polynomial at z.</param>
public sealed record PublicInputs(Fr OldRoot, Fr NewRoot, Fr Digest, Fr Challenge, Fr Evaluation)
{
    /// <summary>Derives digest, challenge and evaluation as contract and circuit do.</summary>
    public static PublicInputs Derive(DataWords words, Fr oldRoot, Fr newRoot)
    {
        var digest = words.Digest();
        var challenge = DeriveChallenge(words.Words, digest, oldRoot, newRoot);
        return new(oldRoot, newRoot, digest, challenge, words.Evaluate(challenge));
    }

    /// <summary>In the circuit's order.</summary>
    public Fr[] ToArray() => [OldRoot, NewRoot, Digest, Challenge, Evaluation];

    /// <summary>z = keccak256(words ‖ c ‖ old root ‖ new root) mod r, each as 32 big-endian bytes.</summary>
    private static Fr DeriveChallenge(IReadOnlyList<Fr> words, Fr digest, Fr oldRoot, Fr newRoot)
    {
        var keccak = new KeccakDigest(256);
        var bytes = new byte[Fr.ByteCount];
        foreach (var word in words.Append(digest).Append(oldRoot).Append(newRoot))
        {
            word.WriteCanonical(bytes);
            Array.Reverse(bytes);
            keccak.BlockUpdate(bytes, 0, bytes.Length);
        }

        keccak.DoFinal(bytes, 0);
        return Fr.FromInteger(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
    }
}
