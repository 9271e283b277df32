namespace Prover.Cli;

/// <summary>The circuit files that a command line names.</summary>
internal static class CircuitPaths
{
    /// <summary>What is meant where no path is given.</summary>
    public const string Default = "circuits";

    /// <summary>Each file once: the given ones, and those in given folders by their names.</summary>
    /// <exception cref="FileNotFoundException">A folder holds none, so that a mistyped folder does not pass.</exception>
    public static string[] Files(IReadOnlyList<string> paths) =>
        [.. (paths.Count > 0 ? paths : [Default]).SelectMany(path => Directory.Exists(path) ? In(path) : [path]).Distinct(StringComparer.Ordinal)];

    private static string[] In(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.circuit", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new FileNotFoundException(null, Path.Combine(folder, "*.circuit"));
    }
}
