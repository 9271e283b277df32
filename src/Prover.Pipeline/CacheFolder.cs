namespace Prover.Pipeline;

/// <summary>
/// Where compiled circuits and development keys are kept between runs. Everything in it can be made again; deleting it is safe.
/// </summary>
/// <param name="root">The folder; made when first written to.</param>
public sealed class CacheFolder(string root)
{
    /// <summary>The environment variable that overrides the folder.</summary>
    public const string Variable = "PROVER_CACHE";

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>$PROVER_CACHE if set and not empty, otherwise "prover" in the user's cache folder ($XDG_CACHE_HOME or ~/.cache, or the system's equivalent).</summary>
    public static CacheFolder Default => new(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.Combine(UserCache(), "prover"));

    /// <summary>The path of an entry, whether or not it exists.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>
    /// Writes an entry so that a reader sees all of it or nothing: a crash, a full disk or a second process in the middle of the same
    /// work leaves no half-written file behind.
    /// </summary>
    public void Write(string name, Action<string> writeTo)
    {
        var path = Prepare(name);
        var partial = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.partial";
        try
        {
            writeTo(partial);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Makes a folder in which entries can be written without <see cref="Write"/>.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made or is not writable.</exception>
    public string MakeFolder(string name)
    {
        var trial = Prepare(Path.Combine(name, $"{Guid.NewGuid():N}.partial"));
        try
        {
            new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return PathOf(name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
    }

    /// <summary>Waits until no other process makes this entry, and keeps others waiting until it is disposed or the process ends.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public IDisposable Lock(string name, CancellationToken cancellationToken)
    {
        var path = Prepare(name) + ".lock";
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                cancellationToken.WaitHandle.WaitOne(LockPoll);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <exception cref="IOException">The folder cannot be made or is not writable.</exception>
    private string Prepare(string name)
    {
        var path = PathOf(name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(error);
        }
    }

    private IOException Unwritable(Exception error) =>
        new($"the cache folder '{Root}' cannot be written to: {error.Message} Set ${Variable} to another folder.", error);

    /// <summary>Never a place that others can write to: what is found in the cache is trusted.</summary>
    private static string UserCache()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsLinux()
            ? Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named ? named : Path.Combine(home.Length > 0 ? home : "/", ".cache")
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
    }
}
