using Prover.Language;

namespace Prover.LanguageServer;

/// <summary>Renames in copies of the files, and compares what their names mean before and after.</summary>
internal sealed class RenameTrial(Workspace workspace, Symbol symbol, string name)
{
    private readonly SymbolKey _renamed = workspace.KeyOf(symbol);

    /// <summary>Refuses a renaming that changes more than a name.</summary>
    /// <exception cref="RpcException">Says where.</exception>
    public void Require(IReadOnlyList<ReadFile> before, IEnumerable<(OpenDocument Document, TextEdit[] Edits)> edits)
    {
        var documents = workspace.Documents;
        var moves = new Dictionary<string, List<(int Start, int Delta)>>(StringComparer.Ordinal);
        foreach (var (document, replacements) in edits)
        {
            // From the end to the beginning, so that each is about the text as it was.
            var changes = replacements.Reverse().Select(edit => new ContentChange(edit.NewText, edit.Range));
            documents = documents.With(document.Change(document.Version, [.. changes]));
            moves[document.Path] = [.. replacements.Select(edit => (document.Lines.OffsetOf(edit.Range.Start), edit.NewText.Length - symbol.Name.Length))];
        }

        foreach (var file in before)
        {
            var after = ReadFile.Of(documents.Read(file.Document.Path)!, documents);
            if (after.Diagnostics.Count > file.Diagnostics.Count)
            {
                throw Rename.Refuse($"{after.Diagnostics[^1].Primary.Span} would have an error: {after.Diagnostics[^1].Message}");
            }

            Compare(Count(file, key => Move(key, moves)), Count(after, key => key), file);
        }
    }

    /// <summary>How often each symbol is named.</summary>
    private Dictionary<SymbolKey, int> Count(ReadFile file, Func<SymbolKey, SymbolKey> map) =>
        file.Index.Occurrences.GroupBy(found => map(workspace.KeyOf(found.Symbol))).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>What tells a symbol apart once all names are replaced.</summary>
    private SymbolKey Move(SymbolKey key, Dictionary<string, List<(int Start, int Delta)>> moves)
    {
        var start = key.Start + (moves.GetValueOrDefault(key.Path)?.Where(move => move.Start < key.Start).Sum(move => move.Delta) ?? 0);
        return new(key.Path, start, key == _renamed ? name : key.Name);
    }

    private void Compare(Dictionary<SymbolKey, int> expected, Dictionary<SymbolKey, int> found, ReadFile file)
    {
        foreach (var key in expected.Keys.Union(found.Keys))
        {
            if (expected.GetValueOrDefault(key) != found.GetValueOrDefault(key))
            {
                throw Rename.Refuse($"as '{name}' the name would mean something else in {file.Document.Path}, or another name would: one of the two is '{key.Name}'");
            }
        }
    }
}
