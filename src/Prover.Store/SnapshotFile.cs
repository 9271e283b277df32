using System.IO.Compression;
using System.Text;
using Prover.Margin;

namespace Prover.Store;

/// <summary>Whole states as JSON, in gzip where the name ends with .gz.</summary>
public static class SnapshotFile
{
    private const string Compressed = ".gz";

    /// <summary>Reads a snapshot and checks every value against its range; its root is checked when it is opened.</summary>
    /// <exception cref="BatchFileException">It is none.</exception>
    /// <exception cref="StoreFileException">It is not compressed as its name says.</exception>
    public static StateSnapshot Read(string path)
    {
        var text = path.EndsWith(Compressed, StringComparison.Ordinal) ? Decompress(File.ReadAllBytes(path), path) : File.ReadAllText(path);
        var snapshot = MarginJson.ParseFile<StateSnapshot>(text, path, StateSnapshot.CurrentFormat);
        if (snapshot.Format != StateSnapshot.CurrentFormat)
        {
            throw new StoreMismatchException($"{path}: $.format: '{snapshot.Format}' is not '{StateSnapshot.CurrentFormat}', the only format this version reads");
        }

        snapshot.Check(path);
        return snapshot;
    }

    /// <summary>The bytes of a snapshot's file of a name.</summary>
    public static byte[] ToBytes(StateSnapshot snapshot, string path)
    {
        var text = MarginJson.ToIndented(snapshot) + "\n";
        return path.EndsWith(Compressed, StringComparison.Ordinal) ? Compress(text) : Encoding.UTF8.GetBytes(text);
    }

    internal static byte[] Compress(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    internal static string Decompress(byte[] bytes, string origin)
    {
        try
        {
            using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (InvalidDataException error)
        {
            throw new StoreFileException($"{origin}: what should be compressed with gzip is not: {error.Message}", error);
        }
    }
}
