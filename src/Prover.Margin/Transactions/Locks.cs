using System.Numerics;
using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>Money that another account gets by a secret until a deadline, and that goes back afterwards.</summary>
/// <param name="Receiver">The account that may claim it.</param>
/// <param name="Amount">In 10⁻⁶ USD.</param>
/// <param name="Deadline">The last second in which it may be claimed.</param>
/// <param name="Hash">SHA-256 of the secret, both of 32 bytes read as numbers, the first byte the most significant.</param>
public sealed record LockedTransfer(long Receiver, long Amount, long Deadline, BigInteger Hash)
{
    private static readonly BigInteger Half = BigInteger.One << 128;

    /// <summary>The first sixteen bytes of thirty-two.</summary>
    internal static BigInteger High(BigInteger bytes) => bytes / Half;

    /// <summary>The last sixteen.</summary>
    internal static BigInteger Low(BigInteger bytes) => bytes % Half;
}

/// <summary>Sets money apart under a hash, in the slot that an order of the same id would use.</summary>
/// <param name="Account">The account that the money leaves.</param>
/// <param name="Id">Above the ids that used the slot before.</param>
/// <param name="Lock">For whom, how much, until when, and the hash.</param>
/// <param name="Signature">The owner's, over all of that.</param>
public sealed record HashLock(long Account, uint Id, LockedTransfer Lock, EddsaSignature Signature) : Transaction
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Lock;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account];

    /// <inheritdoc/>
    public override string Describe() => $"lock {Numbers.Money(Lock.Amount)} of account {Account} for {Lock.Receiver} until {Lock.Deadline}";
}

/// <summary>Pays locked money to its receiver, or back to who locked it. Nobody signs.</summary>
/// <param name="Account">Who locked it.</param>
/// <param name="Id">The lock's id.</param>
/// <param name="Receiver">Whom it is locked for.</param>
/// <param name="Secret">The 32 bytes whose SHA-256 is the lock's hash, as a number; null if the money goes back.</param>
public sealed record Unlock(long Account, uint Id, long Receiver, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BigInteger? Secret = null) : Transaction
{
    /// <summary>Whether the receiver claims it.</summary>
    [JsonIgnore]
    public bool IsClaim => Secret is not null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override Lane Lane => Lane.Unlock;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IEnumerable<long> Accounts => [Account, Receiver];

    /// <inheritdoc/>
    public override string Describe() => IsClaim ? $"account {Receiver} claims lock {Id} of account {Account}" : $"lock {Id} of account {Account} goes back to it";
}
