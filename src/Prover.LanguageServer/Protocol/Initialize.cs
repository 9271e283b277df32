namespace Prover.LanguageServer;

/// <summary>Of <c>initialize</c>.</summary>
/// <param name="RootUri">The folder that is open, for clients that know of one at most.</param>
/// <param name="WorkspaceFolders">All folders that are open.</param>
/// <param name="Capabilities">What the client can.</param>
internal sealed record InitializeParams(
    string? RootUri = null, IReadOnlyList<TextDocumentIdentifier>? WorkspaceFolders = null, ClientCapabilities? Capabilities = null)
{
    /// <summary>Whether the client watches files if it is asked to.</summary>
    public bool CanWatchFiles => Capabilities?.Workspace?.DidChangeWatchedFiles?.DynamicRegistration ?? false;

    /// <summary>The paths of the open folders.</summary>
    public IReadOnlyList<string> Roots() => WorkspaceFolders is not null ? [.. WorkspaceFolders.Select(folder => DocumentUri.ToPath(folder.Uri))]
        : RootUri is not null ? [DocumentUri.ToPath(RootUri)] : [];
}

/// <summary>What of a client's abilities this server cares about.</summary>
internal sealed record ClientCapabilities(WorkspaceCapabilities? Workspace = null);

/// <inheritdoc cref="ClientCapabilities"/>
internal sealed record WorkspaceCapabilities(WatchingCapabilities? DidChangeWatchedFiles = null);

/// <inheritdoc cref="ClientCapabilities"/>
internal sealed record WatchingCapabilities(bool DynamicRegistration = false);

/// <summary>Of <c>initialized</c>.</summary>
internal sealed record InitializedParams;

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

    /// <summary>What the client is asked for: to tell when circuits change on disk, since open documents may import them.</summary>
    public static object Watching { get; } = new
    {
        registrations = new[]
        {
            new { id = "circuits", method = "workspace/didChangeWatchedFiles", registerOptions = new { watchers = new[] { new { globPattern = "**/*.circuit" } } } },
        },
    };
}
