using System.Globalization;
using System.Numerics;
using Microsoft.Data.Sqlite;
using Prover.Margin;

namespace Prover.Store;

/// <summary>A kept state of the rollup: its accounts and the log of the batches that made them, in one SQLite file.</summary>
/// <remarks>
/// Each batch is one transaction, on the disk when <see cref="Apply"/> returns: a process that is killed leaves the last whole batch. Several
/// processes may read; two that write take turns, and the second finds that its batch no longer follows.
/// </remarks>
public sealed partial class StateStore : IDisposable
{
    private readonly StoreDatabase _database;
    private (StoreHead Head, InitialState State, Ledger Ledger)? _loaded;

    private StateStore(StoreDatabase database)
    {
        _database = database;
        (Shape, Configuration) = Guard(() => ReadDeployment(database));
    }

    /// <summary>The file.</summary>
    public string Path => _database.Path;

    /// <summary>What the deployment fixes.</summary>
    public Configuration Configuration { get; }

    /// <summary>A shape with the sizes of the trees.</summary>
    public BatchShape Shape { get; }

    /// <summary>The last batch.</summary>
    public StoreHead Head => Guard(ReadHead);

    /// <summary>The shapes that batches had so far, that of the beginning first.</summary>
    public IReadOnlyList<BatchShape> Shapes => Guard<IReadOnlyList<BatchShape>>(
        () => [.. _database.Rows("SELECT shape FROM shapes ORDER BY id").Select(row => MarginJson.Parse<BatchShape>(row.GetString(0), Path))]);

    /// <summary>How many batches the log has.</summary>
    public long BatchCount => Guard(() => _database.Number("SELECT count(*) FROM batches"));

    /// <summary>Makes a file that begins with a state. There must be none of that name.</summary>
    /// <exception cref="IOException">There is one, or it cannot be written.</exception>
    public static void Create(string path, StateSnapshot start) => StoreDatabase.Create(path, database =>
    {
        database.Run("INSERT INTO shapes VALUES (1, @shape)", ("@shape", MarginJson.ToText(start.Shape)));
        database.Run("INSERT INTO deployment VALUES (1, 1, @configuration)", ("@configuration", MarginJson.ToText(start.Configuration)));
        database.Run(
            "INSERT INTO head VALUES (1, @number, @time, @root, @markets, @house)",
            ("@number", start.Number),
            ("@time", start.Time),
            ("@root", start.Root.ToString()),
            ("@markets", MarginJson.ToText(start.State.Markets)),
            ("@house", Text(start.State.House)));
        foreach (var (index, account) in start.State.Accounts)
        {
            WriteAccount(database, index, account);
        }

        database.Run(
            "INSERT INTO snapshots VALUES (@number, @time, @root, @state)",
            ("@number", start.Number),
            ("@time", start.Time),
            ("@root", start.Root.ToString()),
            ("@state", SnapshotFile.Compress(MarginJson.ToText(start.State))));
    });

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="StoreFileException">It is of another kind.</exception>
    /// <exception cref="StoreMismatchException">It is of another version.</exception>
    public static StateStore Open(string path)
    {
        var database = StoreDatabase.Open(path);
        try
        {
            return new(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The state as it is kept, and where it stands. Nothing is hashed.</summary>
    /// <exception cref="StoreFileException">A record cannot be read.</exception>
    public (StoreHead Head, InitialState State) Read() => Guard(() => _database.InTransaction(writes: false, () => (ReadHead(), ReadState())));

    /// <summary>The state with its trees, which were hashed anew and have the root that is kept.</summary>
    /// <exception cref="StoreFileException">They have another one.</exception>
    public Ledger Load()
    {
        var (head, state) = Read();
        return Open(head, state);
    }

    /// <summary>The log, in order, read while it is enumerated.</summary>
    /// <param name="after">The number behind which it begins.</param>
    public IEnumerable<LoggedBatch> Log(long after)
    {
        const string Query = """
            SELECT batches.number, shapes.shape, body, old_root, new_root, digest FROM batches JOIN shapes ON shapes.id = batches.shape
            WHERE batches.number > @after ORDER BY batches.number
            """;
        using var rows = _database.Rows(Query, ("@after", after)).GetEnumerator();
        while (Guard(rows.MoveNext))
        {
            yield return Guard(() => ReadBatch(rows.Current));
        }
    }

    /// <summary>The first state of the file.</summary>
    public StateSnapshot FirstSnapshot() => Guard(() => _database
        .Rows("SELECT number, time, root, state FROM snapshots ORDER BY number LIMIT 1")
        .Select(row => new StateSnapshot(
            Shape,
            row.GetInt64(0),
            row.GetInt64(1),
            Field(row.GetString(2)),
            Configuration,
            MarginJson.Parse<InitialState>(SnapshotFile.Decompress((byte[])row.GetValue(3), Path), $"{Path}, snapshot")))
        .FirstOrDefault() ?? throw new StoreFileException($"{Path}: there is no snapshot to begin with"));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _database.Dispose();

    private Ledger Open(StoreHead head, InitialState state) =>
        new StateSnapshot(Shape, head.Number, head.Time, head.Root, Configuration, state).OpenLedger(Path);

    private static (BatchShape Shape, Configuration Configuration) ReadDeployment(StoreDatabase database) => database
        .Rows("SELECT shapes.shape, configuration FROM deployment JOIN shapes ON shapes.id = deployment.shape")
        .Select(row => (MarginJson.Parse<BatchShape>(row.GetString(0), database.Path), MarginJson.Parse<Configuration>(row.GetString(1), database.Path)))
        .SingleOrDefault() is { Item1: not null } found ? found : throw new StoreFileException($"{database.Path}: there is no deployment in it");

    private StoreHead ReadHead() => _database.Rows("SELECT number, time, root FROM head")
        .Select(row => new StoreHead(row.GetInt64(0), row.GetInt64(1), Field(row.GetString(2))))
        .SingleOrDefault() ?? throw new StoreFileException($"{Path}: there is no head in it");

    private InitialState ReadState()
    {
        var empty = _database.Rows("SELECT markets, house FROM head")
            .Select(row => InitialState.Of(MarginJson.Parse<Markets>(row.GetString(0), $"{Path}, markets")) with { House = Integer(row.GetString(1)) })
            .Single();
        var accounts = empty.Accounts.ToBuilder();
        foreach (var row in _database.Rows("SELECT number, account FROM accounts"))
        {
            var index = row.GetInt64(0);
            accounts[index] = MarginJson.Parse<Account>(row.GetString(1), string.Create(CultureInfo.InvariantCulture, $"{Path}, account {index}"));
        }

        return empty with { Accounts = accounts.ToImmutable() };
    }

    private LoggedBatch ReadBatch(SqliteDataReader row) => new(
        row.GetInt64(0),
        MarginJson.Parse<BatchShape>(row.GetString(1), $"{Path}, batch {row.GetInt64(0)}"),
        row.GetString(2),
        Field(row.GetString(3)),
        Field(row.GetString(4)),
        Field(row.GetString(5)));

    private static void WriteAccount(StoreDatabase database, long index, Account account) => database.Run(
        "INSERT INTO accounts VALUES (@number, @account) ON CONFLICT (number) DO UPDATE SET account = excluded.account",
        ("@number", index),
        ("@account", MarginJson.ToText(account)));

    private T Guard<T>(Func<T> work) => StoreDatabase.Guard(Path, work);

    private Fr Field(string text) => Integer(text) is var value && value < Fr.Modulus
        ? Fr.FromInteger(value)
        : throw new StoreFileException($"{Path}: {text} is not below the field's modulus");

    private BigInteger Integer(string text) => BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new StoreFileException($"{Path}: '{text}' is no whole number");

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
