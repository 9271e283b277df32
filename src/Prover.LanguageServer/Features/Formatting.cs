using Prover.Language;

namespace Prover.LanguageServer;

/// <summary><c>textDocument/formatting</c>: the style of <c>prover fmt</c>, with the line ends that the document has.</summary>
internal sealed class Formatting(Workspace workspace)
{
    /// <summary>The one replacement that formats a document; none where it is formatted already, or does not parse.</summary>
    public object Format(DocumentParams parameters)
    {
        var document = workspace.Find(parameters.TextDocument.Uri);
        if (Formatter.Format(new(document.Path, document.Text), []) is not { } formatted)
        {
            return Array.Empty<TextEdit>();
        }

        if (document.Text.Contains("\r\n", StringComparison.Ordinal))
        {
            formatted = formatted.Replace("\n", "\r\n", StringComparison.Ordinal);
        }

        return formatted == document.Text ? [] : new[] { Difference(document, formatted) };
    }

    /// <summary>Replaces the lines between those at the beginning and at the end that stay, so that a cursor in them stays as well.</summary>
    private static TextEdit Difference(OpenDocument document, string formatted)
    {
        var (text, start) = (document.Text, 0);
        var shortest = Math.Min(text.Length, formatted.Length);
        var common = text.AsSpan().CommonPrefixLength(formatted);
        start = common == 0 ? 0 : text.LastIndexOf('\n', common - 1) + 1;
        var end = 0;
        for (var i = 1; i <= shortest - start && text[^i] == formatted[^i]; i++)
        {
            end = text[^i] == '\n' ? i - 1 : end;
        }

        return new(new(document.Lines.PositionOf(start), document.Lines.PositionOf(text.Length - end)), formatted[start..^end]);
    }
}
