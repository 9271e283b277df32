using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>A position in a market.</summary>
/// <param name="Size">Positive if long, negative if short, never 0: a closed position is none.</param>
/// <param name="Funding">The market's cumulative funding up to which it has paid, in 10⁻⁶ USD per unit of size, 32.32 fixed point.</param>
public sealed record Position(long Size, long Funding);

/// <summary>The newest order that used a slot of an account, or the lock that is in it.</summary>
/// <param name="Id">The order's id; the slot is its low bits.</param>
/// <param name="Filled">How much of its base amount is filled.</param>
public sealed record OrderSlot(uint Id, long Filled)
{
    /// <summary>Money of the account that lies here under a hash, of the same id; null if an order was here last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LockedTransfer? Lock { get; init; }

    /// <summary>Null if the slot can be an order's.</summary>
    internal Rejection? CheckOrder(long account) => Lock is null ? null : new("order slot not in the account", $"lock {Id} is in it, of account {account}") { Account = account };
}

/// <summary>An account.</summary>
/// <param name="Owner">The key that signs; (0, 0) in an account that nobody has deposited into.</param>
/// <param name="Nonce">Number of messages so far that can be used once: withdrawals, transfers, changes of keys.</param>
/// <param name="Cash">In 10⁻⁶ USD; negative for a debt.</param>
/// <param name="Positions">The open positions, by the number of their market.</param>
/// <param name="Orders">The order slots that were ever used.</param>
public sealed record Account(
    EdwardsPoint Owner,
    uint Nonce,
    long Cash,
    ImmutableSortedDictionary<int, Position> Positions,
    ImmutableSortedDictionary<int, OrderSlot> Orders)
{
    /// <summary>The account that every leaf of a new tree holds.</summary>
    public static Account Empty { get; } =
        new(default, 0, 0, ImmutableSortedDictionary<int, Position>.Empty, ImmutableSortedDictionary<int, OrderSlot>.Empty);

    /// <summary>The hash of a <see cref="SessionKey"/> that the owner has named; 0 for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Fr Session { get; init; }

    /// <summary>Whether scenarios say what it needs, and not the first tiers of its markets.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Portfolio { get; init; }

    /// <summary>Whether it holds one position at most, so that nothing but what was set aside for that is at stake.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Isolated { get; init; }

    /// <summary>Whether nobody has deposited into it yet.</summary>
    [JsonIgnore]
    public bool IsEmpty => Owner.X.IsZero && Owner.Y.IsZero;

    /// <summary>The size of the position in a market; 0 if there is none.</summary>
    public long SizeIn(int market) => Positions.TryGetValue(market, out var position) ? position.Size : 0;
}
