using System.Globalization;
using System.Text;

namespace Prover.Language;

/// <summary>Shows diagnostics with the lines they are about.</summary>
public static class DiagnosticRenderer
{
    /// <summary>One diagnostic as plain text that ends with a newline.</summary>
    public static string Render(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"error[{diagnostic.Code}]: {diagnostic.Message}\n");
        text.Append(CultureInfo.InvariantCulture, $"  --> {diagnostic.Primary.Span}\n");
        AppendLabel(text, diagnostic.Primary, '^');
        foreach (var label in diagnostic.Secondary)
        {
            if (!ReferenceEquals(label.Span.File, diagnostic.Primary.Span.File))
            {
                text.Append(CultureInfo.InvariantCulture, $"  ::: {label.Span}\n");
            }

            AppendLabel(text, label, '-');
        }

        if (diagnostic.Help is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"   = help: {diagnostic.Help}\n");
        }

        return text.ToString();
    }

    /// <summary>All diagnostics, separated by empty lines.</summary>
    public static string Render(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics.Select(Render));

    private static void AppendLabel(StringBuilder text, Label label, char mark)
    {
        var span = label.Span;
        if (span.File is null)
        {
            return;
        }

        var (line, column) = span.File.Locate(span.Start);
        var source = span.File.Text;
        var lineStart = Math.Min(span.Start, source.Length) - (column - 1);
        var lineEnd = source.IndexOf('\n', lineStart);
        var content = source[lineStart..(lineEnd < 0 ? source.Length : lineEnd)].TrimEnd();
        var number = line.ToString(CultureInfo.InvariantCulture);
        var width = Math.Max(1, Math.Min(span.Length, content.Length - (column - 1)));
        text.Append(CultureInfo.InvariantCulture, $"{number,4} | {content}\n");
        text.Append(' ', 5).Append("| ").Append(' ', column - 1).Append(mark, width);
        text.Append(label.Text.Length > 0 ? " " + label.Text : "").Append('\n');
    }
}
