using System.Collections.Concurrent;
using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>The documents of a session and what is known of them.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly ConcurrentDictionary<string, CheckResult> _results = new(StringComparer.Ordinal);

    /// <summary>What the last requests have needed.</summary>
    private readonly Dictionary<string, (DocumentSet Documents, CircuitProgram Program, FileIndex Index)> _read = new(StringComparer.Ordinal);
    private readonly LibraryFiles _library;
    private readonly DiagnosticBoard _board;
    private readonly CheckQueue _queue;

    public Workspace(LibraryFiles library, MessageWriter writer)
    {
        _library = library;
        _board = new(this, writer);
        _queue = new(Publish, (document, error) => writer.Log($"{document.Path}: the compiler has failed: {error}"));
    }

    /// <summary>The open documents.</summary>
    public DocumentSet Documents { get; private set; } = DocumentSet.Empty;

    /// <summary>The full paths of the folders that the client works on.</summary>
    public IReadOnlyList<string> Folders { get; set; } = [];

    public void Open(DidOpenParams parameters)
    {
        var item = parameters.TextDocument;
        Update(Documents.With(new(item.Uri, DocumentUri.ToPath(item.Uri), item.Version, item.Text)), item.Uri);
    }

    public void Change(DidChangeParams parameters)
    {
        var (uri, version) = (parameters.TextDocument.Uri, parameters.TextDocument.Version);
        Update(Documents.With(Find(uri).Change(version, parameters.ContentChanges)), uri);
    }

    public void Close(DocumentParams parameters)
    {
        var document = Find(parameters.TextDocument.Uri);
        Update(Documents.Without(document.Path), document.Uri);
        _results.TryRemove(document.Path, out _);
        _read.Remove(document.Path);
        _board.Forget(document.Path);
    }

    /// <summary>Files have changed on disk; open documents lie over them, but what they import may be among them.</summary>
    public void Refresh(WatchedFilesParams parameters)
    {
        foreach (var change in parameters.Changes)
        {
            Update(Documents, change.Uri);
        }
    }

    /// <summary>An open document.</summary>
    /// <exception cref="RpcException">There is none of this URI.</exception>
    public OpenDocument Find(string uri) => Documents.Find(DocumentUri.ToPath(uri)) ?? throw new RpcException(ErrorCode.InvalidParams, $"'{uri}' is not open");

    /// <summary>What was last found out about a document, if it is still as it was then; null before its check has ended.</summary>
    public CheckResult? ResultOf(OpenDocument document) => _results.GetValueOrDefault(document.Path) is { } result && ReferenceEquals(result.Document, document) ? result : null;

    /// <summary>A document parsed as it is now, and what its names mean; the tree is that of its check if there has been one.</summary>
    public (CircuitProgram Program, FileIndex Index) Read(OpenDocument document)
    {
        var program = ResultOf(document)?.Program;
        if (_read.TryGetValue(document.Path, out var known) && (program is null ? known.Documents == Documents : known.Program == program))
        {
            return (known.Program, known.Index);
        }

        program ??= Documents.Parse(document, []);
        var index = FileIndex.Of(program.Root, program);
        _read[document.Path] = (Documents, program, index);
        return (program, index);
    }

    /// <summary>The name at a place of an open document, or null, and what is known of the document.</summary>
    public (OpenDocument Document, CircuitProgram Program, FileIndex Index, Occurrence? Found) At(PositionParams parameters)
    {
        var document = Find(parameters.TextDocument.Uri);
        var (program, index) = Read(document);
        return (document, program, index, index.At(document.Lines.OffsetOf(parameters.Position)));
    }

    /// <summary>What tells a symbol apart.</summary>
    public SymbolKey KeyOf(Symbol symbol) => symbol.Place is { } place ? new(_library.PathOf(place.File), place.Start, symbol.Name) : new("", 0, symbol.Name);

    /// <summary>Whether the standard library declares a symbol.</summary>
    public bool IsLibrary(Symbol symbol) => symbol.Place is { } place && _library.IsLibrary(place.File);

    /// <summary>The paths of all circuits in the client's folders, of what is open, and of what a program imports.</summary>
    public IEnumerable<string> Circuits(CircuitProgram program) => Folders.SelectMany(CircuitFolder.Files)
        .Concat(Documents.All.Select(document => document.Path))
        .Concat(program.Files.Select(file => _library.PathOf(file.Source)))
        .Distinct(StringComparer.Ordinal);

    /// <summary>A span as the client sees it.</summary>
    public Location Locate(SourceSpan span)
    {
        var path = _library.PathOf(span.File);
        return new(Documents.UriOf(path), new LineIndex(span.File.Text).RangeOf(span));
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    private void Update(DocumentSet documents, string changed)
    {
        Documents = documents;
        var path = DocumentUri.ToPath(changed);
        _queue.Check(documents, documents.All
            .Where(document => document.Path == path || ResultOf(document) is not { } result || result.DependsOn(path))
            .Select(document => document.Path)
            .Append(path));
    }

    private void Publish(CheckResult result)
    {
        _results[result.Document.Path] = result;
        _board.Publish(result);
    }
}
