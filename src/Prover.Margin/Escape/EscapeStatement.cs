using System.Numerics;

namespace Prover.Margin;

/// <summary>What an escape's proof says: in this state, this account's owner wants this recipient to have what it is worth.</summary>
/// <param name="Root">The state root.</param>
/// <param name="Configuration">The configuration's hash.</param>
/// <param name="Account">The account's index.</param>
/// <param name="Recipient">The Ethereum address that is paid.</param>
/// <param name="Amount">How much, in 10⁻⁶ USD; 0 for an account that owes more than it has.</param>
public sealed record EscapeStatement(Fr Root, Fr Configuration, long Account, BigInteger Recipient, BigInteger Amount)
{
    /// <summary>The public inputs, in the circuit's order.</summary>
    public Fr[] ToArray() => [Root, Configuration, Fr.FromInteger(Account), Fr.FromInteger(Recipient), Fr.FromInteger(Amount)];
}
