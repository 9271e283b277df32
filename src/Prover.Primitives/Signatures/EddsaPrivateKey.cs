using System.Numerics;
using System.Security.Cryptography;

namespace Prover.Primitives;

/// <summary>A signing key, derived from a secret seed.</summary>
/// <remarks>
/// SHA-512 of the seed gives a scalar and a prefix; the nonce of a message is SHA-512 of prefix, message and salt, so that signing needs no
/// randomness (as in RFC 8032). Signatures verify with circomlib, whose own keys come from BLAKE-512 instead.
/// </remarks>
public sealed class EddsaPrivateKey
{
    private readonly BigInteger _scalar;
    private readonly byte[] _prefix;

    /// <summary>Derives a key.</summary>
    /// <param name="seed">At least 16 secret bytes.</param>
    public EddsaPrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length < 16)
        {
            throw new ArgumentException($"A seed needs at least 16 bytes, got {seed.Length}.", nameof(seed));
        }

        var hash = SHA512.HashData(seed);
        _prefix = SHA512.HashData(hash);
        _scalar = (new BigInteger(hash, isUnsigned: true) % (BabyJubjub.SubgroupOrder - 1)) + 1;
        PublicKey = BabyJubjub.Multiply(BabyJubjub.Base8, _scalar);
    }

    /// <summary>A = k·B.</summary>
    public EdwardsPoint PublicKey { get; }

    /// <summary>Signs one field element.</summary>
    /// <param name="message">The element.</param>
    /// <param name="salt">Any bytes; other ones give another signature of the same message.</param>
    public EddsaSignature Sign(Fr message, ReadOnlySpan<byte> salt = default)
    {
        var input = new byte[_prefix.Length + Fr.ByteCount + salt.Length];
        _prefix.CopyTo(input, 0);
        message.WriteCanonical(input.AsSpan(_prefix.Length));
        salt.CopyTo(input.AsSpan(_prefix.Length + Fr.ByteCount));
        var nonce = new BigInteger(SHA512.HashData(input), isUnsigned: true) % BabyJubjub.SubgroupOrder;
        var r = BabyJubjub.Multiply(BabyJubjub.Base8, nonce);
        var h = Eddsa.Challenge(r, PublicKey, message);
        return new(r, (nonce + (8 * h * _scalar)) % BabyJubjub.SubgroupOrder);
    }
}
