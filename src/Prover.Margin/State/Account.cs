using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The newest order that used a slot of an account.</summary>
/// <param name="Id">The order's id; the slot is its low bits.</param>
/// <param name="Filled">How much of its base amount is filled.</param>
public sealed record OrderSlot(uint Id, long Filled);

/// <summary>An account.</summary>
/// <param name="Owner">The key that signs; (0, 0) in an account that nobody has deposited into.</param>
/// <param name="Nonce">Number of withdrawals so far.</param>
/// <param name="Cash">In 10⁻⁶ USD; negative for a debt.</param>
/// <param name="Sizes">The position in each market.</param>
/// <param name="Orders">The order slots that were ever used.</param>
public sealed record Account(
    EdwardsPoint Owner,
    uint Nonce,
    long Cash,
    ImmutableArray<long> Sizes,
    ImmutableSortedDictionary<int, OrderSlot> Orders)
{
    /// <summary>The account that every leaf of a new tree holds.</summary>
    public static Account Empty { get; } =
        new(default, 0, 0, [.. new long[Limits.Markets]], ImmutableSortedDictionary<int, OrderSlot>.Empty);

    /// <summary>Whether nobody has deposited into it yet.</summary>
    [JsonIgnore]
    public bool IsEmpty => Owner.X.IsZero && Owner.Y.IsZero;
}
