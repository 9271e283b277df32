using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Cli.Tests;

/// <summary>The files of a short history of a small exchange, in a temporary folder.</summary>
internal sealed class StateHistory : IDisposable
{
    private static readonly BatchShape Shape = new(Depth: 3, Slots: 3, Markets: 5, Orders: 1, Deposits: 3, Trades: 4, Withdrawals: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-state-").FullName;

    public StateHistory(int count, int seed)
    {
        var history = new RandomBatches(new Exchange("state commands"), Shape, seed);
        Batches = [.. Enumerable.Range(0, count).Select(_ => history.Next())];
        Files = [.. Batches.Select(batch => PathOf($"{batch.Number}.json"))];
        foreach (var (file, batch) in Files.Zip(Batches))
        {
            BatchFile.Write(file, batch);
        }

        // The root after each batch is that before the next one.
        Roots = [.. Batches.Select(batch => batch.OpenLedger().Root.ToString()), BatchExecutor.Execute(Batches[^1]).Public.NewRoot.ToString()];
    }

    /// <summary>Batches 1, 2, …</summary>
    public Batch[] Batches { get; }

    /// <summary>Their files.</summary>
    public string[] Files { get; }

    /// <summary>The roots after 0, 1, 2, … batches.</summary>
    public string[] Roots { get; }

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A new state before the first batch.</summary>
    public string Init(string name)
    {
        Outcome.Of("state", "init", PathOf(name), "--from", Files[0]).Expect(ExitCode.Success);
        return PathOf(name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
