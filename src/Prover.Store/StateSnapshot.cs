using System.Text.Json.Serialization;
using Prover.Margin;

namespace Prover.Store;

/// <summary>A whole state between two batches.</summary>
/// <param name="Shape">A shape with the sizes of its trees.</param>
/// <param name="Number">The batch that left it.</param>
/// <param name="Time">That batch's time, or 0.</param>
/// <param name="Root">Its root.</param>
/// <param name="Configuration">What the deployment fixes.</param>
/// <param name="State">Markets, house and accounts.</param>
public sealed record StateSnapshot(
    [property: JsonPropertyOrder(1)] BatchShape Shape,
    [property: JsonPropertyOrder(2)] long Number,
    [property: JsonPropertyOrder(3)] long Time,
    [property: JsonPropertyOrder(4)] Fr Root,
    [property: JsonPropertyOrder(5)] Configuration Configuration,
    [property: JsonPropertyOrder(6)] InitialState State)
{
    /// <summary>The format that this version reads and writes.</summary>
    public const string CurrentFormat = "margin-state/1";

    /// <summary>Names the format in the file.</summary>
    [JsonPropertyOrder(0)]
    [JsonRequired]
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The state before a batch.</summary>
    public static StateSnapshot Before(Batch batch) => new(batch.Shape, batch.Number - 1, 0, batch.OpenLedger().Root, batch.Configuration, batch.State);

    /// <summary>Checks every value against its range.</summary>
    /// <exception cref="BatchFileException">A value is out of its range.</exception>
    public void Check(string origin) => BatchFile.Check(new Batch(Shape, Math.Max(Number, 0), Time, Configuration, State, []), origin);

    /// <summary>The state with its trees, if they have the root that it says.</summary>
    /// <exception cref="StoreFileException">They do not.</exception>
    public Ledger OpenLedger(string origin)
    {
        Check(origin);
        var ledger = State.OpenLedger(Shape);
        return ledger.Root == Root
            ? ledger
            : throw new StoreFileException($"{origin}: it says that its root is {Root}, but its accounts, markets and house have the root {ledger.Root}");
    }
}
