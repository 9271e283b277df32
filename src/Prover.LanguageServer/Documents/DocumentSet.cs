using System.Collections.Immutable;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>The open documents at one moment, laid over the file system. Never changed once made, so that a check can work on it beside the messages.</summary>
internal sealed class DocumentSet
{
    private readonly ImmutableDictionary<string, OpenDocument> _byPath;

    private DocumentSet(ImmutableDictionary<string, OpenDocument> byPath) => _byPath = byPath;

    /// <summary>Before anything is open.</summary>
    public static DocumentSet Empty { get; } = new(ImmutableDictionary.Create<string, OpenDocument>(StringComparer.Ordinal));

    public IEnumerable<OpenDocument> All => _byPath.Values;

    /// <summary>The set with a document, in place of the one of its path.</summary>
    public DocumentSet With(OpenDocument document) => new(_byPath.SetItem(document.Path, document));

    public DocumentSet Without(string path) => new(_byPath.Remove(path));

    /// <summary>The open document of a path, or null.</summary>
    public OpenDocument? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Parses an open document and what it imports, which may be open and unsaved as well.</summary>
    public CircuitProgram Parse(OpenDocument document, List<Diagnostic> diagnostics) =>
        CircuitProgram.Parse(new SourceFile(document.Path, document.Text), diagnostics, path => Find(path)?.Text);

    /// <summary>The document of a path as it stands in the editor, or else in its file; null if there is neither.</summary>
    public OpenDocument? Read(string path)
    {
        try
        {
            return Find(path) ?? new(DocumentUri.FromPath(path), path, 0, File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What the client calls the document of a path, or would call it.</summary>
    public string UriOf(string path) => Find(path)?.Uri ?? DocumentUri.FromPath(path);
}
