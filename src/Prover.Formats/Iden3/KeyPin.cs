using System.Collections.Concurrent;

namespace Prover.Formats;

/// <summary>The memory that a key file has passed all checks: its SHA-256, in this process and in a file beside the key.</summary>
/// <remarks>
/// The pin of <c>c.zkey</c> is <c>c.zkey.pin</c>, one line <c>sha256 HEX</c>. A key that differs from its pin is refused: either it was
/// damaged, or somebody replaced it and should say so by deleting the pin.
/// </remarks>
public static class KeyPin
{
    private const string Prefix = "sha256 ";

    private static readonly ConcurrentDictionary<string, byte> CheckedHashes = new();

    /// <summary>Where the pin of a key is kept.</summary>
    public static string PathOf(string keyPath) => keyPath + ".pin";

    /// <summary>Whether a key with this hash has been checked before.</summary>
    /// <exception cref="MismatchException">The key is pinned to another hash.</exception>
    /// <exception cref="MalformedFileException">The pin is no pin.</exception>
    public static bool Matches(string keyPath, ReadOnlySpan<byte> hash)
    {
        var line = Prefix + Convert.ToHexString(hash);
        var pinPath = PathOf(keyPath);
        if (!File.Exists(pinPath))
        {
            return CheckedHashes.ContainsKey(line);
        }

        var pinned = ReadLine(pinPath);
        return pinned == line
            ? true
            : throw new MismatchException(
                $"{keyPath}: the key has {Short(line)}, but {pinPath} pins {Short(pinned)}. If the key was replaced on purpose, delete the pin.");
    }

    /// <summary>Whether a key with this hash is pinned, or none is.</summary>
    internal static bool Allows(string keyPath, ReadOnlySpan<byte> hash)
    {
        try
        {
            return !File.Exists(PathOf(keyPath)) || Matches(keyPath, hash);
        }
        catch (Exception e) when (e is MismatchException or MalformedFileException)
        {
            return false;
        }
    }

    /// <summary>Remembers a key as checked. Where no file can be written beside the key, only this process remembers.</summary>
    public static void Remember(string keyPath, ReadOnlySpan<byte> hash)
    {
        var line = Prefix + Convert.ToHexString(hash);
        CheckedHashes.TryAdd(line, 0);
        try
        {
            File.WriteAllText(PathOf(keyPath), line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only key store is in order; the next process checks again.
        }
    }

    private static string Short(string line) => line.Length > 24 ? line[..24] + "…" : line;

    private static string ReadLine(string pinPath)
    {
        var length = new FileInfo(pinPath).Length;
        var text = length <= 256 ? File.ReadAllText(pinPath).TrimEnd() : "";
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            ? text
            : throw new MalformedFileException(pinPath, "pin", 0, $"a pin is one line '{Prefix}HEX'; this file has {length:N0} bytes of something else. It may be deleted: the key is then checked in full and pinned anew.");
    }
}
