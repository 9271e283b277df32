using System.Threading.Channels;

namespace Prover.Cli;

/// <summary>Waits for circuit files and lock files to be written, made, renamed or deleted in the folders that are watched.</summary>
internal sealed class SourceChanges : IDisposable
{
    /// <summary>One save is often several events, a branch switched is hundreds: they are one change until this long nothing happens.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);

    /// <summary>Stands among changed paths for others that could not be told: more happened than the system kept.</summary>
    public const string Anything = "";

    private readonly Channel<string> _paths = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);

    /// <summary>Watches a folder; one that is watched already or is not there is left as it is.</summary>
    /// <param name="folder">Its full path.</param>
    /// <param name="withSubfolders">Whether the folders in it are watched too.</param>
    public void Watch(string folder, bool withSubfolders)
    {
        if (!Directory.Exists(folder) || (_watchers.TryGetValue(folder, out var known) && (known.IncludeSubdirectories || !withSubfolders)))
        {
            return;
        }

        known?.Dispose();
        var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = withSubfolders };
        watcher.Filters.Add("*.circuit");
        watcher.Filters.Add("circuits.lock");
        watcher.Changed += (_, change) => Note(change.FullPath);
        watcher.Created += (_, change) => Note(change.FullPath);
        watcher.Deleted += (_, change) => Note(change.FullPath);
        watcher.Renamed += (_, change) =>
        {
            Note(change.OldFullPath);
            Note(change.FullPath);
        };
        watcher.Error += (_, _) => _paths.Writer.TryWrite(Anything);
        watcher.EnableRaisingEvents = true;
        _watchers[folder] = watcher;
    }

    /// <summary>The full paths that have changed, once nothing changes any more.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IReadOnlySet<string>> NextAsync(CancellationToken cancellation)
    {
        HashSet<string> changed = new(StringComparer.Ordinal) { await _paths.Reader.ReadAsync(cancellation).ConfigureAwait(false) };
        while (true)
        {
            await Task.Delay(Quiet, cancellation).ConfigureAwait(false);
            if (!_paths.Reader.TryRead(out var path))
            {
                return changed;
            }

            do
            {
                changed.Add(path);
            }
            while (_paths.Reader.TryRead(out path));
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values)
        {
            watcher.Dispose();
        }
    }

    private void Note(string path) => _paths.Writer.TryWrite(Path.GetFullPath(path));
}
