using Prover.Language;

namespace Prover.Compiler;

/// <summary>The comments of a source text, which the tree does not hold.</summary>
internal sealed class SourceComments(SourceFile source)
{
    private readonly string[] _lines = [.. source.Text.Split('\n').Select(line => line.Trim())];

    /// <summary>What stands at the beginning of the file, before an empty line or the first import; null if nothing does.</summary>
    public string? OfFile()
    {
        var end = Array.FindIndex(_lines, line => !IsComment(line));
        return end > 0 && (_lines[end].Length == 0 || _lines[end].StartsWith("import", StringComparison.Ordinal)) ? Join(0, end) : null;
    }

    /// <summary>The comment lines just above a declaration; null if there are none.</summary>
    public string? Above(SourceSpan span)
    {
        var end = source.Locate(span.Start).Line - 1;
        var start = end;
        while (start > 0 && IsComment(_lines[start - 1]))
        {
            start--;
        }

        return start < end && !(start == 0 && OfFile() is not null) ? Join(start, end) : null;
    }

    /// <summary>The comment behind something in its last line; null if there is none.</summary>
    public string? Behind(SourceSpan span)
    {
        var end = span.Start + span.Length;
        var rest = source.Text.AsSpan(end);
        var line = rest[..(rest.IndexOf('\n') is >= 0 and var length ? length : rest.Length)];
        var start = line.IndexOf("//", StringComparison.Ordinal);
        return start >= 0 && line[..start].Trim(" ,\t").IsEmpty ? line[(start + 2)..].Trim().ToString() : null;
    }

    /// <summary>The text of a span in one line.</summary>
    public static string TextOf(SourceSpan span) =>
        string.Join(' ', span.File.Text.Substring(span.Start, span.Length).Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static bool IsComment(string line) => line.StartsWith("//", StringComparison.Ordinal);

    private string Join(int start, int end) => string.Join('\n', _lines[start..end].Select(line => line[2..].Trim()));
}
