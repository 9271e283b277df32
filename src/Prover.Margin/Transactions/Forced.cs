using System.Numerics;
using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>
/// A request that the contract puts into a batch for whoever is not served. It is never refused: it is carried out as far as the rules let it, or shown to
/// come to nothing. The contract takes each request under each signature once, so whoever wants the same again signs it with another salt, or asks for one unit
/// more or less.
/// </summary>
public abstract record ForcedRequest : Transaction;

/// <summary>Closes a position, or a part of it, against the insurance fund, for the oracle's price less what it takes to keep such a position.</summary>
/// <param name="Market">The market's number, from 1.</param>
/// <param name="Base">The most that is closed.</param>
/// <param name="Account">The account's index.</param>
/// <param name="Signature">Over account, market and size.</param>
public sealed record ForcedClose(int Market, long Base, long Account, EddsaSignature Signature) : ForcedRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.ForcedClose;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account, InsuranceFund.Account];

    /// <inheritdoc/>
    public override string Describe() => $"forced close of {Numbers.Size(Base)} of market {Market} of account {Account}";
}

/// <summary>Pays as much of an amount out of the rollup as the account can do without.</summary>
/// <param name="Account">The account's index.</param>
/// <param name="Amount">The most that is paid, in 10⁻⁶ USD.</param>
/// <param name="Recipient">The Ethereum address that may claim it.</param>
/// <param name="Signature">Over account, amount and recipient.</param>
public sealed record ForcedExit(long Account, long Amount, BigInteger Recipient, EddsaSignature Signature) : ForcedRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.ForcedExit;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account];

    /// <inheritdoc/>
    public override string Describe() => $"forced exit of {Numbers.Money(Amount)} from account {Account} to 0x{Hexadecimal.Address(Recipient)}";
}
