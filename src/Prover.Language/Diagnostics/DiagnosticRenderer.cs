using System.Globalization;
using System.Text;

namespace Prover.Language;

/// <summary>Shows diagnostics with the lines they are about.</summary>
public static class DiagnosticRenderer
{
    /// <summary>Longer lines are shown in part.</summary>
    private const int MaximumWidth = 160;

    /// <summary>What is shown of a long line before the place that is meant.</summary>
    private const int Before = 40;

    /// <summary>One diagnostic as plain text that ends with a newline.</summary>
    public static string Render(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"error[{diagnostic.Code}]: {diagnostic.Message}\n");
        text.Append(CultureInfo.InvariantCulture, $"  --> {diagnostic.Primary.Span}\n");
        AppendLabel(text, diagnostic.Primary, '^', null);
        var above = diagnostic.Primary;
        foreach (var label in diagnostic.Secondary)
        {
            if (!ReferenceEquals(label.Span.File, above.Span.File))
            {
                text.Append(CultureInfo.InvariantCulture, $"  ::: {label.Span}\n");
            }

            AppendLabel(text, label, '-', above);
            above = label;
        }

        if (diagnostic.Help is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"   = help: {diagnostic.Help}\n");
        }

        // Messages quote the program; what it holds must not reach a terminal as commands.
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] != '\n')
            {
                text[i] = ' ';
            }
        }

        return text.ToString();
    }

    /// <summary>Diagnostics, separated by empty lines; behind <see cref="Diagnostic.MaximumShown"/> of them, how many more there are.</summary>
    public static string Render(IEnumerable<Diagnostic> diagnostics)
    {
        var all = diagnostics as IReadOnlyCollection<Diagnostic> ?? [.. diagnostics];
        var more = all.Count - Diagnostic.MaximumShown;
        return string.Join('\n', all.Take(Diagnostic.MaximumShown).Select(Render)) + (more switch
        {
            <= 0 => "",
            1 => "\nand 1 more error\n",
            _ => string.Create(CultureInfo.InvariantCulture, $"\nand {more:N0} more errors\n"),
        });
    }

    /// <summary>The line that a span begins in, with a mark below it; ends with a newline.</summary>
    public static string Excerpt(SourceSpan span)
    {
        var text = new StringBuilder();
        AppendLabel(text, new(span, ""), '^', null);
        return text.ToString();
    }

    /// <summary>The line and the mark below it; only the mark if the label above has shown the same line.</summary>
    private static void AppendLabel(StringBuilder text, Label label, char mark, Label? above)
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
        var content = source.AsSpan(lineStart, (lineEnd < 0 ? source.Length : lineEnd) - lineStart).TrimEnd();
        var width = Math.Max(1, Math.Min(span.Length, content.Length - (column - 1)));
        var isCut = content.Length > MaximumWidth;
        var left = isCut ? Math.Clamp(column - 1 - Before, 0, content.Length - MaximumWidth) : 0;
        content = isCut ? content.Slice(left, MaximumWidth) : content;
        var (before, behind) = (left > 0 ? "…" : "", isCut && left + MaximumWidth < lineEnd - lineStart ? "…" : "");
        if (isCut || above is null || !ReferenceEquals(above.Span.File, span.File) || span.File.Locate(above.Span.Start).Line != line)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line,4} | {before}{content}{behind}\n");
        }

        text.Append("     | ").Append(' ', before.Length + Math.Min(column - 1 - left, MaximumWidth));
        text.Append(mark, Math.Clamp(width, 1, Math.Max(1, MaximumWidth - (column - 1 - left))));
        text.Append(label.Text.Length > 0 ? " " + label.Text : "").Append('\n');
    }
}
