using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>An owner asks for what his account is worth, once the contract is frozen.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Recipient">The Ethereum address that is paid.</param>
/// <param name="Signature">Over account, nonce and recipient.</param>
public sealed record EscapeRequest(long Account, BigInteger Recipient, EddsaSignature Signature)
{
    private const int Tag = 32;

    /// <summary>What the owner of an account with a nonce signs.</summary>
    public static Fr Message(Configuration configuration, long account, uint nonce, BigInteger recipient) => Poseidon.Hash(
        configuration.Domain, Tag, Fr.FromInteger(account + ((BigInteger)nonce << 24)), Fr.FromInteger(recipient));

    /// <summary>A request that a key has signed for an account with a nonce.</summary>
    public static EscapeRequest Sign(EddsaPrivateKey key, Configuration configuration, long account, uint nonce, BigInteger recipient) =>
        new(account, recipient, key.Sign(Message(configuration, account, nonce, recipient)));
}
