using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Prover.Margin;

/// <summary>The state that a batch starts from.</summary>
/// <param name="Markets">The markets.</param>
/// <param name="House">What fees and rests of roundings have left over, in 10⁻⁶ USD with 32 fractional bits.</param>
/// <param name="Accounts">The accounts that are not empty.</param>
public sealed record InitialState(Markets Markets, BigInteger House, ImmutableSortedDictionary<long, Account> Accounts)
{
    /// <summary>Markets and no accounts yet.</summary>
    public static InitialState Of(Markets markets) => new(markets, BigInteger.Zero, ImmutableSortedDictionary<long, Account>.Empty);

    /// <summary>The state that a ledger has reached, for the next batch to start from.</summary>
    public static InitialState Of(Ledger ledger) => new(ledger.Markets, ledger.House, ledger.Accounts.ToImmutableSortedDictionary());

    /// <summary>The state with its trees.</summary>
    public Ledger OpenLedger(BatchShape shape)
    {
        var ledger = new Ledger(shape, Markets, House);
        foreach (var (index, account) in Accounts)
        {
            ledger[index] = account;
        }

        return ledger;
    }
}

/// <summary>A batch: where it starts, and what it asks for.</summary>
/// <param name="Shape">The circuit it is for.</param>
/// <param name="Number">The contract's batch number.</param>
/// <param name="Time">Seconds since 1970; the contract accepts times near its own.</param>
/// <param name="Configuration">What the deployment fixes.</param>
/// <param name="State">The state before.</param>
/// <param name="Transactions">What is asked for.</param>
public sealed record Batch(
    [property: JsonPropertyOrder(1)] BatchShape Shape,
    [property: JsonPropertyOrder(2)] long Number,
    [property: JsonPropertyOrder(3)] long Time,
    [property: JsonPropertyOrder(4)] Configuration Configuration,
    [property: JsonPropertyOrder(5)] InitialState State,
    [property: JsonPropertyOrder(6)] ImmutableArray<Transaction> Transactions)
{
    /// <summary>The format that this version reads and writes.</summary>
    public const string CurrentFormat = "margin-batch/3";

    /// <summary>Names the format in the file.</summary>
    [JsonPropertyOrder(0)]
    [JsonRequired]
    public string Format { get; init; } = CurrentFormat;

    /// <summary>Nobody of a lower <see cref="Standing.Rank"/> is deleveraged in this batch; published with it.</summary>
    [JsonPropertyOrder(5)]
    public uint LeastRank { get; init; }

    /// <summary>What sequencers have signed of it; null if nobody has.</summary>
    [JsonPropertyOrder(7)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BatchQuorum? Quorum { get; init; }

    /// <summary>The state before, with its trees.</summary>
    public Ledger OpenLedger() => State.OpenLedger(Shape);
}
