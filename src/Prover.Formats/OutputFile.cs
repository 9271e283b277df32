using System.Collections.Concurrent;

namespace Prover.Formats;

/// <summary>A file being written, which takes its name only when it is complete: a reader finds all of it or what was there before.</summary>
/// <remarks>A symbolic link keeps pointing to its file, and the file is replaced. Devices and pipes cannot be replaced and are written to directly.</remarks>
public sealed class OutputFile : IDisposable
{
    /// <summary>What has been begun and has not taken its name. A process that ends without going back to who writes leaves none of it behind.</summary>
    private static readonly ConcurrentDictionary<string, bool> Unfinished = new(StringComparer.Ordinal);

    private readonly string _path;
    private readonly string? _temporaryPath;

    static OutputFile() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveUnfinished();

    /// <summary>Begins the file.</summary>
    /// <exception cref="IOException">The folder is missing or the disk is full.</exception>
    public OutputFile(string path)
    {
        _path = Resolve(path) is var target && File.Exists(target) ? target : path;
        if (OpenInPlace(_path) is { } stream)
        {
            Stream = stream;
            return;
        }

        _temporaryPath = $"{_path}.{Guid.NewGuid():N}.partial";
        Stream = CreateTemporary(path, _temporaryPath, FileOptions.None);
        Unfinished[_temporaryPath] = true;
    }

    /// <summary>Where the bytes go.</summary>
    public Stream Stream { get; }

    /// <summary>Tries, before long work, whether a file could be written; leaves nothing behind.</summary>
    /// <exception cref="IOException">It could not.</exception>
    public static void Try(string path)
    {
        var target = Resolve(path);
        if (!IsSpecial(target) && (!File.Exists(target) || new FileInfo(target) is { Length: > 0 }))
        {
            CreateTemporary(path, $"{target}.{Guid.NewGuid():N}.partial", FileOptions.DeleteOnClose).Dispose();
        }
    }

    /// <summary>Writes a whole file.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new OutputFile(path);
        file.Stream.Write(bytes);
        file.Complete();
    }

    /// <summary>Writes a whole text as UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>The full path of what a path names, through symbolic links; it need not exist.</summary>
    public static string Resolve(string path) =>
        new FileInfo(path).LinkTarget is not null && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : Path.GetFullPath(path);

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        Stream.Dispose();
        TakeName();
    }

    /// <summary>Gives two files that belong together their names: all of both is written before either takes its name, and if the second cannot, neither keeps it.</summary>
    public static void Complete(OutputFile first, OutputFile second)
    {
        first.Stream.Dispose();
        second.Stream.Dispose();
        first.TakeName();
        try
        {
            second.TakeName();
        }
        catch when (first._temporaryPath is not null)
        {
            File.Delete(first._path);
            throw;
        }
    }

    /// <summary>Removes what was written unless <see cref="Complete()"/> has given it its name.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (_temporaryPath is not null)
        {
            File.Delete(_temporaryPath);
            Unfinished.TryRemove(_temporaryPath, out _);
        }
    }

    /// <summary>Removes what nobody will complete.</summary>
    internal static void RemoveUnfinished()
    {
        foreach (var path in Unfinished.Keys)
        {
            File.Delete(path);
        }
    }

    private void TakeName()
    {
        if (_temporaryPath is not null)
        {
            File.Move(_temporaryPath, _path, overwrite: true);
            Unfinished.TryRemove(_temporaryPath, out _);
        }
    }

    private static FileStream CreateTemporary(string path, string temporaryPath, FileOptions options)
    {
        try
        {
            return new FileStream(temporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, options);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{path}: cannot be written, permission denied", error);
        }
        catch (Exception error) when (error is DirectoryNotFoundException or FileNotFoundException)
        {
            throw new IOException($"{path}: cannot be written, no such folder", error);
        }
    }

    private static bool IsSpecial(string fullPath) =>
        fullPath.StartsWith("/dev/", StringComparison.Ordinal) || fullPath.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>A stream to a device or pipe; null for a regular file and for a name that is free.</summary>
    private static FileStream? OpenInPlace(string path)
    {
        var isSpecial = IsSpecial(Path.GetFullPath(path));
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            // Reading too, because opening a pipe for writing alone would wait for a reader.
            var stream = new FileStream(path, FileMode.Open, isSpecial ? FileAccess.Write : FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
            if (isSpecial || !stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
        }

        return null;
    }
}
