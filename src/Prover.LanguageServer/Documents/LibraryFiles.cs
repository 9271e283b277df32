using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>The standard library as files that an editor can show: copies, so nothing in them can be renamed.</summary>
/// <param name="folder">Where they are written when first needed.</param>
internal sealed class LibraryFiles(string folder)
{
    private readonly string _folder = Path.GetFullPath(folder);
    private bool _isWritten;

    /// <summary>The full path of a program's file: that of a copy if the file is the library's, whose paths begin with "std/".</summary>
    public string PathOf(SourceFile file) => IsLibrary(file) ? Write(file.Path) : Path.GetFullPath(file.Path);

    /// <summary>Whether a file is of the library, or a copy of one.</summary>
    public bool IsLibrary(SourceFile file) => !Path.IsPathRooted(file.Path) ? StandardLibrary.Paths.Contains(file.Path)
        : Path.GetFullPath(file.Path).StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Writes all of them, since they import each other.</summary>
    private string Write(string path)
    {
        foreach (var name in _isWritten ? [] : StandardLibrary.Paths)
        {
            var (file, text) = (Path.Combine(_folder, name), StandardLibrary.Find(name)!.Text);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (!File.Exists(file) || File.ReadAllText(file) != text)
            {
                File.WriteAllText(file, text);
            }
        }

        _isWritten = true;
        return Path.Combine(_folder, path);
    }
}
