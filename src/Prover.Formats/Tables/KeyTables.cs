using System.Security.Cryptography;
using System.Text;
using Prover.Groth16;

namespace Prover.Formats;

/// <summary>Tables that lie where those of a key are looked for.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsCurrent">Whether they were made from the key as it is now; others are made anew when the key is next used.</param>
/// <param name="Damage">What is wrong with them, or null.</param>
public sealed record TablesFinding(string Path, bool IsCurrent, string? Damage);

/// <summary>
/// Loads proving keys by their tables: a second file that holds the same key, already checked, in the layout of memory. It is mapped and not read,
/// so that a key of any size is there at once.
/// </summary>
/// <remarks>
/// The tables of <c>c.zkey</c> are <c>c.zkey.tables</c>, or lie in another folder where none can be written beside the key. They are made when the
/// key is read, and used as long as length, time of change and inode of the key's file are those that it had then; anything else sends the next
/// load back to the key itself. They can be deleted at any time.
/// </remarks>
/// <param name="otherFolder">For keys that no file can be written beside; made when needed.</param>
/// <param name="note">Told about tables that are damaged or cannot be written.</param>
public sealed class KeyTables(string otherFolder, Action<string>? note = null)
{
    /// <summary>The tables of a key: beside it, and in the other folder.</summary>
    public IReadOnlyList<string> PathsOf(string keyPath)
    {
        // One name for each place, however the key is called from here.
        var place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OutputFile.Resolve(keyPath))));
        return [keyPath + ".tables", Path.Combine(otherFolder, place[..32] + ".tables")];
    }

    /// <summary>Loads a key by its tables or, if there are none or they are of another key, in full, and makes them for the next time.</summary>
    /// <inheritdoc cref="ZkeyFile.Read(string, bool)" path="/exception"/>
    public LoadedKey Load(string keyPath)
    {
        if (!BitConverter.IsLittleEndian || FileIdentity.Of(keyPath) is not { } identity)
        {
            return LoadedKey.Read(keyPath);
        }

        foreach (var path in PathsOf(keyPath))
        {
            if (TryMap(path, keyPath, identity) is { } tables)
            {
                return new LoadedKey(keyPath, tables, note);
            }
        }

        return ReadAndRemember(keyPath, identity);
    }

    /// <summary>The tables of a key that are there.</summary>
    /// <param name="keyPath">The key.</param>
    /// <param name="contents">Whether to read all of them, and the key.</param>
    public IReadOnlyList<TablesFinding> Inspect(string keyPath, bool contents) =>
        [.. PathsOf(keyPath).Where(path => FileIdentity.Of(path) is not null).Select(path => Inspect(path, keyPath, contents))];

    /// <summary>Removes tables that are no good, and says whether that was allowed.</summary>
    internal static bool Remove(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static TablesFinding Inspect(string path, string keyPath, bool contents)
    {
        try
        {
            using var tables = MappedTables.Open(path);
            if (contents)
            {
                tables.CheckContents();
            }

            var isCurrent = tables.Header.Key == FileIdentity.Of(keyPath);
            var differs = isCurrent && contents && !ZkeyFile.Hash(keyPath).AsSpan().SequenceEqual(tables.Header.KeyHash);
            return new(path, isCurrent, differs ? $"{path}: made from another key of the same length and time." : null);
        }
        catch (Exception error) when (error is MalformedFileException or IOException or UnauthorizedAccessException)
        {
            return new(path, IsCurrent: false, error.Message);
        }
    }

    private MappedTables? TryMap(string path, string keyPath, FileIdentity key)
    {
        if (FileIdentity.Of(path) is null)
        {
            return null;
        }

        MappedTables? tables = null;
        try
        {
            tables = MappedTables.Open(path);
            if (tables.Header.Key == key && KeyPin.Allows(keyPath, tables.Header.KeyHash))
            {
                return tables;
            }
        }
        catch (Exception error) when (error is MalformedFileException or IOException or UnauthorizedAccessException)
        {
            note?.Invoke($"prepared tables not used: {error.Message}");
        }

        tables?.Dispose();
        return null;
    }

    private LoadedKey ReadAndRemember(string keyPath, FileIdentity before)
    {
        var isSettled = before.WaitUntilSettled() && FileIdentity.Of(keyPath) == before;
        var key = ZkeyFile.Read(keyPath, pin: true, out var hash);
        if (isSettled && FileIdentity.Of(keyPath) == before)
        {
            Write(keyPath, key, hash, before);
        }

        return LoadedKey.Of(keyPath, key);
    }

    private void Write(string keyPath, ProvingKey key, byte[] hash, FileIdentity identity)
    {
        Exception? obstacle = null;
        foreach (var path in PathsOf(keyPath))
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                TablesWriter.Write(path, key, hash, identity);
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                obstacle = error;
            }
        }

        note?.Invoke($"no prepared tables kept, so the next load is slow too: {obstacle!.Message}");
    }
}
