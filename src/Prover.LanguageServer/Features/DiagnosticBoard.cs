using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>What is wrong, by document: each check may find something in any of the files that it has read.</summary>
internal sealed class DiagnosticBoard(Workspace workspace, MessageWriter writer)
{
    private const int Error = 1;

    private readonly Lock _gate = new();

    /// <summary>By the path of the document that was checked, what was found, by the URI of the file that it is about.</summary>
    private readonly Dictionary<string, Dictionary<string, List<Found>>> _found = new(StringComparer.Ordinal);

    /// <summary>Shows what a check has found in place of what the one before has.</summary>
    public void Publish(CheckResult result)
    {
        var byFile = result.Diagnostics.GroupBy(diagnostic => PlaceOf(diagnostic, result).Uri, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(diagnostic => new Found(diagnostic.Identity, Describe(diagnostic, PlaceOf(diagnostic, result).Range))).ToList(), StringComparer.Ordinal);
        byFile.TryAdd(result.Document.Uri, []);
        Replace(result.Document.Path, byFile, result.Document);
    }

    /// <summary>Takes back what the check of a document has found, which is closed.</summary>
    public void Forget(string path) => Replace(path, [], null);

    private void Replace(string path, Dictionary<string, List<Found>> found, OpenDocument? document)
    {
        lock (_gate)
        {
            var before = _found.GetValueOrDefault(path) ?? [];
            _found[path] = found;
            foreach (var uri in before.Keys.Union(found.Keys))
            {
                var all = _found.Values.SelectMany(files => files.GetValueOrDefault(uri) ?? []).DistinctBy(one => one.Identity).Select(one => one.Shown);
                writer.Notify("textDocument/publishDiagnostics", new { uri, version = uri == document?.Uri ? document.Version : (int?)null, diagnostics = all.ToArray() });
            }
        }
    }

    /// <summary>Where a diagnostic is shown; one without a place at the beginning of the document that was checked.</summary>
    private Location PlaceOf(Diagnostic diagnostic, CheckResult result) =>
        workspace.Locate(diagnostic.Primary.Span.File is null ? new(result.Program.Root.Source, 0, 0) : diagnostic.Primary.Span);

    private object Describe(Diagnostic diagnostic, TextRange range) => new
    {
        range,
        severity = Error,
        code = diagnostic.Code,
        source = "prover",
        message = diagnostic.Help is null ? diagnostic.Message : $"{diagnostic.Message}\nhelp: {diagnostic.Help}",
        relatedInformation = diagnostic.Secondary.Count == 0 ? null : Labels(diagnostic).ToArray(),
    };

    /// <summary>The labels of all places, the first one too where it says more than "here".</summary>
    private IEnumerable<object> Labels(Diagnostic diagnostic) => diagnostic.Secondary
        .Prepend(diagnostic.Primary)
        .Where(label => label.Span.File is not null && label.Text is not ("" or "here"))
        .Select(label => new { location = workspace.Locate(label.Span), message = label.Text });

    private sealed record Found((string Code, string Place) Identity, object Shown);
}
