using Prover.Groth16;

namespace Prover.Formats;

/// <summary>A proving key ready for use. Its lists may lie in a mapped file, which lasts until this object is disposed of; using them later throws.</summary>
public sealed class LoadedKey : IDisposable
{
    private readonly string _path;
    private readonly MappedTables? _tables;

    internal LoadedKey(string path, MappedTables tables)
    {
        (_path, _tables, Key) = (path, tables, tables.Key);
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

    /// <summary>Says which of tables, key and witness is to blame for a proof that did not verify. Tables that are will be removed.</summary>
    /// <param name="failure">The failure of a proof that was made with this key.</param>
    /// <returns>The failure, or what caused it.</returns>
    public Exception Blame(InvalidProofException failure)
    {
        if (_tables is not { } tables)
        {
            return failure;
        }

        try
        {
            tables.CheckContents();
        }
        catch (MalformedFileException damage)
        {
            KeyTables.Remove(tables.Path);
            return new MalformedFileException(
                damage.Path, damage.Place, damage.Offset, $"{damage.Rule} The proof did not verify because of it. The tables were removed: run the command again, and they are made anew from the key.");
        }

        if (!ZkeyFile.Hash(_path).AsSpan().SequenceEqual(tables.Header.KeyHash))
        {
            KeyTables.Remove(tables.Path);
            return new MismatchException(
                $"{_path}: the key is not the one that {tables.Path} was made from, though time and length are the same. The tables were removed: run the command again.", failure);
        }

        return new InvalidProofException(
            "The proof does not verify, so it was discarded: the witness does not satisfy the key's circuit, or the device computed wrongly. Key and tables are undamaged.", failure);
    }

    /// <summary>Gives the mapped file back, once no prover uses the key any more.</summary>
    public void Dispose() => _tables?.Dispose();
}
