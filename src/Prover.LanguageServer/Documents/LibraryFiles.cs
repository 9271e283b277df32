using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>The standard library as files that an editor can show: copies, so nothing in them can be renamed.</summary>
/// <param name="folder">Where they are written when first needed.</param>
internal sealed class LibraryFiles(string folder)
{
    private readonly string _folder = Path.GetFullPath(folder);
    private bool _isWritten;

    /// <summary>The full path of a program's file: that of a copy if the file is the library's, whose paths begin with "std/".</summary>
    /// <remarks>A text that was never saved has a URI for a path, which stays.</remarks>
    public string PathOf(SourceFile file) => !Path.IsPathRooted(file.Path) && file.Path.Contains(':', StringComparison.Ordinal) ? file.Path
        : IsLibrary(file) ? Write(file.Path) : Path.GetFullPath(file.Path);

    /// <summary>Whether a file is of the library, or a copy of one.</summary>
    public bool IsLibrary(SourceFile file) => !Path.IsPathRooted(file.Path) ? StandardLibrary.Paths.Contains(file.Path)
        : Path.GetFullPath(file.Path).StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Writes all of them, since they import each other. Where nothing can be written, names still lead to the path of what would be there.</summary>
    private string Write(string path)
    {
        try
        {
            foreach (var name in _isWritten ? [] : StandardLibrary.Paths)
            {
                Write(Path.Combine(_folder, name), StandardLibrary.Find(name)!.Text);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Perhaps another time.
            return Path.Combine(_folder, path);
        }

        _isWritten = true;
        return Path.Combine(_folder, path);
    }

    private static void Write(string file, string text)
    {
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
