using System.Text;
using Prover.Margin;
using Prover.Store;

namespace Prover.Cli;

/// <summary>The state that a file leads to: a kept state, a snapshot of one, or a batch after which it is.</summary>
/// <param name="Number">The batch that left it.</param>
/// <param name="Configuration">What the deployment fixes.</param>
/// <param name="Ledger">The state with its trees.</param>
internal sealed record StateFile(long Number, Configuration Configuration, Ledger Ledger)
{
    /// <summary>A snapshot names its format in its first line.</summary>
    private const int Beginning = 256;

    /// <summary>Reads whichever of the three it is.</summary>
    /// <exception cref="BatchFileException">It is neither a batch nor a snapshot.</exception>
    /// <exception cref="StoreFileException">What is kept is damaged, or a root is not that of its accounts, markets and house.</exception>
    /// <exception cref="Pipeline.RefusedBatchException">The batch has a refused transaction, so that no proved state is behind it.</exception>
    public static StateFile Read(string path)
    {
        var start = BeginningOf(path);
        if (start.StartsWith("SQLite format 3", StringComparison.Ordinal))
        {
            using var store = StateStore.Open(path);
            return new(store.Head.Number, store.Configuration, store.Load());
        }

        if (path.EndsWith(".gz", StringComparison.Ordinal) || start.Contains(StateSnapshot.CurrentFormat, StringComparison.Ordinal))
        {
            var snapshot = SnapshotFile.Read(path);
            return new(snapshot.Number, snapshot.Configuration, snapshot.OpenLedger(path));
        }

        var batch = BatchFile.Read(path);
        var result = BatchExecutor.Execute(batch);
        return result.IsAccepted ? new(batch.Number, batch.Configuration, result.Ledger) : throw new Pipeline.RefusedBatchException(result.Verdicts);
    }

    /// <summary>Whether contents begin as a snapshot that is not compressed.</summary>
    public static bool BeginsAsSnapshot(ReadOnlySpan<byte> contents) =>
        contents[..Math.Min(contents.Length, Beginning)].IndexOf(Encoding.UTF8.GetBytes(StateSnapshot.CurrentFormat)) >= 0;

    private static string BeginningOf(string path)
    {
        var bytes = new byte[Beginning];
        using var file = File.OpenRead(path);
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }
}
