namespace Prover.Pipeline;

/// <summary>
/// Where compiled circuits and development keys are kept between runs. Everything in it can be made again; deleting it is safe.
/// </summary>
/// <param name="root">The folder; made when first written to.</param>
public sealed class CacheFolder(string root)
{
    /// <summary>The environment variable that overrides the folder.</summary>
    public const string Variable = "PROVER_CACHE";

    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>$PROVER_CACHE if set, otherwise "prover" in the user's cache folder ($XDG_CACHE_HOME or ~/.cache, or the system's equivalent).</summary>
    public static CacheFolder Default { get; } = new(
        Environment.GetEnvironmentVariable(Variable)
        ?? Path.Combine(UserCache(), "prover"));

    /// <summary>The path of an entry, whether or not it exists.</summary>
    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>
    /// Writes an entry so that a reader sees all of it or nothing: a crash, a full disk or a second process in the middle of the same
    /// work leaves no half-written file behind.
    /// </summary>
    public void Write(string name, Action<string> writeTo)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
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

    private static string UserCache()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsLinux()
            ? Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(home, ".cache")
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
    }
}
