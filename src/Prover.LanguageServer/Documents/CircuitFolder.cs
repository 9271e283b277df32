namespace Prover.LanguageServer;

/// <summary>Finds the circuits in a folder.</summary>
internal static class CircuitFolder
{
    /// <summary>More than anyone writes; whoever opens the root of a disk should not wait for it.</summary>
    private const int MaximumFolders = 10_000;

    private static readonly EnumerationOptions Options = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The full paths of all circuits in a folder and its folders, except in hidden ones and those of npm.</summary>
    public static IEnumerable<string> Files(string folder)
    {
        var waiting = new Queue<string>(Directory.Exists(folder) ? [folder] : []);
        for (var count = 0; waiting.TryDequeue(out var next) && count < MaximumFolders; count++)
        {
            foreach (var file in Directory.EnumerateFiles(next, "*.circuit", Options))
            {
                yield return file;
            }

            foreach (var inner in Directory.EnumerateDirectories(next, "*", Options))
            {
                if (Path.GetFileName(inner) is var name && name[0] != '.' && name != "node_modules")
                {
                    waiting.Enqueue(inner);
                }
            }
        }
    }
}
