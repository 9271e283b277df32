namespace Prover.LanguageServer;

/// <summary>Of <c>initialize</c>.</summary>
/// <param name="RootUri">The folder that is open, for clients that know of one at most.</param>
/// <param name="WorkspaceFolders">All folders that are open.</param>
internal sealed record InitializeParams(string? RootUri = null, IReadOnlyList<TextDocumentIdentifier>? WorkspaceFolders = null)
{
    /// <summary>The paths of the open folders.</summary>
    public IReadOnlyList<string> Roots() => WorkspaceFolders is not null ? [.. WorkspaceFolders.Select(folder => DocumentUri.ToPath(folder.Uri))]
        : RootUri is not null ? [DocumentUri.ToPath(RootUri)] : [];
}

/// <summary>Of <c>workspace/didChangeWatchedFiles</c>.</summary>
internal sealed record WatchedFilesParams(IReadOnlyList<TextDocumentIdentifier> Changes);

/// <summary>What the server says that it can.</summary>
internal static class Capabilities
{
    private const int Incremental = 2;

    public static object Offered { get; } = new
    {
        positionEncoding = "utf-16",
        textDocumentSync = new { openClose = true, change = Incremental },
        documentFormattingProvider = true,
        hoverProvider = true,
        definitionProvider = true,
        referencesProvider = true,
        renameProvider = new { prepareProvider = true },
        documentSymbolProvider = true,
        completionProvider = new { triggerCharacters = new[] { ".", "\"", "/" } },
    };
}
