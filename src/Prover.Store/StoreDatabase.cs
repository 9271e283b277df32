using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Prover.Store;

/// <summary>The SQLite file under a state: opened with care, every failure a message that names it.</summary>
internal sealed class StoreDatabase : IDisposable
{
    // The primary codes of sqlite3.h.
    private const int Busy = 5;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    /// <summary>What an <see cref="IOException"/> of a full disk carries.</summary>
    private const int DiskFull = 28;

    private readonly SqliteConnection _connection;

    private StoreDatabase(string path, SqliteOpenMode mode)
    {
        Path = path;
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, ForeignKeys = true, DefaultTimeout = 10 }.ToString());
        _connection.Open();

        // A batch that was said to be applied is on the disk.
        Run("PRAGMA synchronous = FULL");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Makes a file that must not exist. It takes its name when all of it is written.</summary>
    /// <exception cref="IOException">There is a file of that name, or it cannot be written.</exception>
    public static void Create(string path, Action<StoreDatabase> fill)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path}: there is a file already, which is not overwritten");
        }

        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            Guard(path, () =>
            {
                using var database = new StoreDatabase(partial, SqliteOpenMode.ReadWriteCreate);
                database.Run("PRAGMA journal_mode = WAL");
                using var transaction = database._connection.BeginTransaction();
                database.Run(StoreSchema.Create);
                fill(database);
                transaction.Commit();
                return true;
            });
            File.Move(partial, path);
        }
        finally
        {
            foreach (var file in new[] { partial, partial + "-wal", partial + "-shm" })
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="StoreFileException">It is of another kind.</exception>
    /// <exception cref="StoreMismatchException">It is of another version.</exception>
    public static StoreDatabase Open(string path)
    {
        RequireDatabase(path);
        return Guard(path, () =>
        {
            var database = new StoreDatabase(path, SqliteOpenMode.ReadWrite);
            try
            {
                database.RequireState();
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        });
    }

    /// <summary>Works in one transaction, which nothing of what failed is left of.</summary>
    /// <param name="writes">Whether to keep other writers out from the beginning.</param>
    /// <param name="work">The work.</param>
    public T InTransaction<T>(bool writes, Func<T> work) => Guard(Path, () =>
    {
        using var transaction = _connection.BeginTransaction(deferred: !writes);
        var result = work();
        transaction.Commit();
        return result;
    });

    /// <summary>Runs statements.</summary>
    /// <returns>How many rows they changed.</returns>
    public int Run(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, read while they are enumerated.</summary>
    public IEnumerable<SqliteDataReader> Rows(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    /// <summary>One whole number.</summary>
    public long Number(string sql, params (string Name, object Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    /// <summary>Puts the failures of SQLite in words about the file.</summary>
    internal static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw error.SqliteErrorCode switch
            {
                NotADatabase or Corrupt => new StoreFileException($"{path}: the database is damaged: {error.Message}", error),
                Full => new IOException($"{path}: the disk is full", DiskFull),
                Busy => new IOException($"{path}: another process has been writing to it for too long; try again", error),
                _ => new IOException($"{path}: {error.Message}", error),
            };
        }
    }

    private static void RequireDatabase(string path)
    {
        using var stream = File.OpenRead(path);
        var signature = "SQLite format 3\0"u8;
        Span<byte> start = stackalloc byte[signature.Length];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.SequenceEqual(signature))
        {
            throw new StoreFileException($"{path}: this is no state file, which begins with '{Encoding.ASCII.GetString(signature[..^1])}'; 'prover state init' makes one");
        }
    }

    private void RequireState()
    {
        var (application, version) = (Number("PRAGMA application_id"), Number("PRAGMA user_version"));
        if (application != StoreSchema.ApplicationId)
        {
            throw new StoreFileException($"{Path}: an SQLite database of another program: its application id is {application}, that of state files {StoreSchema.ApplicationId}");
        }

        if (version != StoreSchema.Version)
        {
            throw new StoreMismatchException($"{Path}: its tables are of version {version}; this program reads version {StoreSchema.Version}");
        }
    }

    private SqliteCommand Command(string sql, (string Name, object Value)[] parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // All of these texts are constants; what varies is a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
