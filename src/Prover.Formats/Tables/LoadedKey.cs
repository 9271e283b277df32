using Prover.Groth16;

namespace Prover.Formats;

/// <summary>A proving key ready for use. Its lists may lie in a mapped file, which lasts until this object is disposed of; using them later throws.</summary>
public sealed class LoadedKey : IDisposable
{
    private readonly string _path;
    private readonly MappedTables? _tables;
    private readonly Action<string>? _note;

    /// <param name="path">The key's file.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="note">Told of tables that turn out to be damaged.</param>
    internal LoadedKey(string path, MappedTables tables, Action<string>? note)
    {
        (_path, _tables, _note, Key) = (path, tables, note, tables.Key);
    }

    private LoadedKey(string path, ProvingKey key)
    {
        (_path, Key) = (path, key);
    }

    /// <summary>The key. Its verifying key and contributions stay usable for ever.</summary>
    public ProvingKey Key { get; }

    /// <summary>The tables that the key was loaded from; null if from the key's own file.</summary>
    public string? TablesPath => _tables?.Path;

    /// <summary>A key that is in memory anyhow.</summary>
    /// <param name="path">Its file, for messages.</param>
    public static LoadedKey Of(string path, ProvingKey key) => new(path, key);

    /// <summary>Reads a key from its own file, without tables.</summary>
    /// <inheritdoc cref="ZkeyFile.Read(string, bool)" path="/exception"/>
    public static LoadedKey Read(string path) => new(path, ZkeyFile.Read(path));

    /// <summary>
    /// The key from its own file, if its tables are to blame for a proof that did not verify, or null: there are none, or they and the key are undamaged.
    /// Damaged tables are removed, if that is allowed.
    /// </summary>
    /// <inheritdoc cref="ZkeyFile.Read(string, bool)" path="/exception"/>
    public LoadedKey? WithoutTables()
    {
        if (_tables is not { } tables || FindDamage(tables) is not { } damage)
        {
            return null;
        }

        var fate = KeyTables.Remove(tables.Path) ? "The tables were removed" : $"The tables could not be removed: delete {tables.Path}";
        _note?.Invoke($"{damage} {fate}; this run goes on with the key itself.");
        return Read(_path);
    }

    private string? FindDamage(MappedTables tables)
    {
        try
        {
            tables.CheckContents();
        }
        catch (MalformedFileException damage)
        {
            return $"{damage.Message} The proof did not verify because of it.";
        }

        return ZkeyFile.Hash(_path).AsSpan().SequenceEqual(tables.Header.KeyHash)
            ? null
            : $"{_path}: the key is not the one that {tables.Path} was made from, though time and length are the same.";
    }

    /// <summary>Gives the mapped file back, once no prover uses the key any more.</summary>
    public void Dispose() => _tables?.Dispose();
}
