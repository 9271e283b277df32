using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>A file in which a symbol can be named.</summary>
/// <param name="Document">The file.</param>
/// <param name="Program">The file with its imports.</param>
/// <param name="Index">What its names mean.</param>
/// <param name="Diagnostics">What is wrong with it and its imports, as far as parsing and declaring tells.</param>
internal sealed record ReadFile(OpenDocument Document, CircuitProgram Program, FileIndex Index, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Reads a document as it is in a set.</summary>
    public static ReadFile Of(OpenDocument document, DocumentSet documents)
    {
        List<Diagnostic> diagnostics = [];
        var program = documents.Parse(document, diagnostics);
        return new(document, program, FileIndex.Of(program.Root, program), diagnostics);
    }
}

/// <summary>Finds where symbols are named.</summary>
internal sealed class References(Workspace workspace)
{
    /// <summary>All files that can name what a symbol means: that of a local name, and those that import the file of any other.</summary>
    public IEnumerable<ReadFile> FilesThatSee(Symbol symbol, CircuitProgram program)
    {
        var home = workspace.KeyOf(symbol).Path;
        foreach (var path in symbol is LocalSymbol ? [home] : workspace.Circuits(program))
        {
            if (workspace.Documents.Read(path) is { } document && ReadFile.Of(document, workspace.Documents) is var file
                && file.Program.Files.Exists(part => workspace.KeyOf(new FileSymbol(part.Source)).Path == home))
            {
                yield return file;
            }
        }
    }

    /// <summary>Where a file names a symbol.</summary>
    public IEnumerable<Occurrence> In(ReadFile file, Symbol symbol)
    {
        var key = workspace.KeyOf(symbol);
        return file.Index.Occurrences.Where(found => found.Symbol.Name == symbol.Name && workspace.KeyOf(found.Symbol) == key);
    }
}
