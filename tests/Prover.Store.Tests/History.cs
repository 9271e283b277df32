using Microsoft.Data.Sqlite;
using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Store.Tests;

/// <summary>A short history in a temporary folder, and a way to meddle with what is kept of it.</summary>
internal sealed class History : IDisposable
{
    private static readonly BatchShape Shape = new(Depth: 3, Slots: 3, Markets: 5, Orders: 1, Deposits: 3, Trades: 4, Withdrawals: 2);

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-store-").FullName;

    public History(int count, int seed = 1)
    {
        var history = new RandomBatches(new Exchange("stores"), Shape, seed);
        Batches = [.. Enumerable.Range(0, count).Select(_ => history.Next())];
    }

    public Batch[] Batches { get; }

    public string File => PathOf("state.db");

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>A new file with the state before the first batch.</summary>
    public StateStore Create()
    {
        StateStore.Create(File, StateSnapshot.Before(Batches[0]));
        return StateStore.Open(File);
    }

    /// <summary>A new file to which the first batches have been applied; closed.</summary>
    public void CreateWith(int count)
    {
        using var store = Create();
        foreach (var batch in Batches.Take(count))
        {
            Assert.True(store.Apply(batch, "batch").IsAccepted);
        }
    }

    /// <summary>Runs SQL on the file as another program would.</summary>
    public object? Meddle(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
