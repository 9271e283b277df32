using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>What sequencers sign: which transactions a batch has, and in which order. docs/sequencers.md says it byte for byte.</summary>
public static class BatchOrder
{
    /// <summary>What the hashed bytes begin with.</summary>
    public const string Prefix = "margin-order/1\n";

    /// <summary>Tags below are those of transactions' messages.</summary>
    private const int QuorumTag = 256;

    private const int HalfBytes = 16;

    /// <summary>The hash of what a batch asks for: its format, number, time, transactions and whatever else it sets, but not where it starts or who signed it.</summary>
    public static byte[] Hash(Batch batch) => SHA256.HashData(Encoding.UTF8.GetBytes(Prefix + BatchBody.ToCanonicalText(batch)));

    /// <summary>The hash as a batch file names it.</summary>
    public static string HashText(Batch batch) => "0x" + Convert.ToHexStringLower(Hash(batch));

    /// <summary>The message that a sequencer signs.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="oldRoot">The root that it starts from.</param>
    public static Fr Message(Batch batch, Fr oldRoot)
    {
        var hash = Hash(batch);
        return Poseidon.Hash(
            batch.Configuration.Domain, QuorumTag, Fr.FromInteger(batch.Number), oldRoot, Half(hash.AsSpan(0, HalfBytes)), Half(hash.AsSpan(HalfBytes)));
    }

    /// <summary>The batch with a sequencer's signature; those that others gave to the same order stay.</summary>
    public static Batch SignOrder(this EddsaPrivateKey key, Batch batch, Fr oldRoot)
    {
        var hash = HashText(batch);
        var others = batch.Quorum is { } quorum && quorum.Hash == hash ? quorum.Signatures.Where(signature => signature.Key != key.PublicKey) : [];
        return batch with { Quorum = new(hash, [.. others, new(key.PublicKey, key.Sign(Message(batch, oldRoot)))]) };
    }

    private static Fr Half(ReadOnlySpan<byte> bytes) => Fr.FromInteger(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));
}
