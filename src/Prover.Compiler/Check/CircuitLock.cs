using System.Text;
using System.Text.Json;

namespace Prover.Compiler;

/// <summary>
/// circuits.lock: one JSON line for each circuit with its hash and counts, so that a change of any circuit is seen, and accepted on purpose.
/// </summary>
public sealed class CircuitLock
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SortedDictionary<string, CircuitLockEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _folder;

    private CircuitLock(string path)
    {
        Path = path;
        _folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The pinned circuits, by file and rule; files are relative to the lock file.</summary>
    public IReadOnlyCollection<CircuitLockEntry> Entries => _entries.Values;

    /// <summary>Reads a lock file; a missing one is empty.</summary>
    /// <exception cref="InvalidDataException">A line is not an entry; the message names it.</exception>
    public static CircuitLock Load(string path)
    {
        var result = new CircuitLock(path);
        var number = 0;
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            number++;
            if (line.Length > 0)
            {
                var entry = Parse(line) ?? throw new InvalidDataException($"{path}:{number}: no entry of a circuit lock: {line}");
                result._entries[KeyOf(entry)] = entry;
            }
        }

        return result;
    }

    /// <summary>The lock file that pins a circuit file: circuits.lock in its folder or the nearest one above; null if there is none.</summary>
    public static string? Find(string circuitPath)
    {
        var folder = new FileInfo(System.IO.Path.GetFullPath(circuitPath)).Directory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "circuits.lock")))
        {
            folder = folder.Parent;
        }

        return folder is null ? null : System.IO.Path.Combine(folder.FullName, "circuits.lock");
    }

    /// <summary>What has changed against the lock, one line for each circuit; nothing if all is as pinned.</summary>
    /// <param name="circuits">Circuits as compiled now, their files as paths from the working directory.</param>
    public IReadOnlyList<string> FindDrift(IEnumerable<CircuitLockEntry> circuits)
    {
        List<string> drift = [];
        foreach (var now in circuits.Select(Relative))
        {
            if (!_entries.TryGetValue(KeyOf(now), out var pinned))
            {
                drift.Add($"{KeyOf(now)}: not in {Path}");
            }
            else if (now != pinned)
            {
                drift.Add($"{KeyOf(now)}: constraints {pinned.Constraints:N0} → {now.Constraints:N0}, wires {pinned.Wires:N0} → {now.Wires:N0}, "
                    + $"non-zeros {pinned.NonZeros:N0} → {now.NonZeros:N0}, hash {Short(pinned.Hash)} → {Short(now.Hash)}");
            }
        }

        return drift;
    }

    /// <summary>Accepts circuits as they are now and writes the file.</summary>
    /// <param name="circuits">The circuits, their files as paths from the working directory.</param>
    /// <param name="areAll">Whether they are all that their files pin: others of these files, and those of files that are gone, are forgotten.</param>
    public void Update(IEnumerable<CircuitLockEntry> circuits, bool areAll)
    {
        var entries = circuits.Select(Relative).ToList();
        var files = entries.Select(entry => entry.File).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, old) in areAll ? _entries.ToArray() : [])
        {
            if (files.Contains(old.File) || !File.Exists(System.IO.Path.Combine(_folder, old.File)))
            {
                _entries.Remove(key);
            }
        }

        foreach (var entry in entries)
        {
            _entries[KeyOf(entry)] = entry;
        }

        var text = new StringBuilder();
        foreach (var entry in _entries.Values)
        {
            text.Append(JsonSerializer.Serialize(entry, Format)).Append('\n');
        }

        File.WriteAllText(Path, text.ToString());
    }

    private CircuitLockEntry Relative(CircuitLockEntry entry) =>
        entry with { File = System.IO.Path.GetRelativePath(_folder, System.IO.Path.GetFullPath(entry.File)).Replace('\\', '/') };

    private static string KeyOf(CircuitLockEntry entry) => $"{entry.File} {entry.Rule}";

    private static CircuitLockEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CircuitLockEntry>(line, Format) is { File: not null, Rule: not null, Hash: not null } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
