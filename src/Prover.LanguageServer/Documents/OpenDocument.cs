namespace Prover.LanguageServer;

/// <summary>A document as the client holds it, saved or not.</summary>
/// <param name="Uri">What the client calls it.</param>
/// <param name="Path">Its path, see <see cref="DocumentUri.ToPath"/>.</param>
/// <param name="Version">The client's count of its changes.</param>
/// <param name="Text">All of it.</param>
internal sealed record OpenDocument(string Uri, string Path, int Version, string Text)
{
    private LineIndex? _lines;

    public LineIndex Lines => _lines ??= new(Text);

    /// <summary>The document behind changes, each of which is about the text that the one before has made.</summary>
    public OpenDocument Change(int version, IReadOnlyList<ContentChange> changes)
    {
        var text = Text;
        foreach (var change in changes)
        {
            if (change.Range is not { } range)
            {
                text = change.Text;
                continue;
            }

            var lines = new LineIndex(text);
            var start = lines.OffsetOf(range.Start);
            var end = Math.Max(start, lines.OffsetOf(range.End));
            text = string.Concat(text.AsSpan(0, start), change.Text, text.AsSpan(end));
        }

        return new(Uri, Path, version, text);
    }
}
