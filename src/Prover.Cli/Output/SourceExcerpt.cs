using System.Globalization;
using Prover.Language;

namespace Prover.Cli;

/// <summary>The line of a place in a source file, as it was when a circuit was compiled.</summary>
internal static class SourceExcerpt
{
    /// <summary>The line with a mark below, or null if the file is not there or has been written since.</summary>
    /// <param name="place">"path:line:column".</param>
    /// <param name="compiled">When the circuit was written.</param>
    public static string? Of(string place, DateTime compiled)
    {
        var end = place.LastIndexOf(':');
        var middle = end < 0 ? -1 : place.LastIndexOf(':', end - 1);
        if (middle < 0
            || !int.TryParse(place.AsSpan(middle + 1, end - middle - 1), CultureInfo.InvariantCulture, out var line)
            || !int.TryParse(place.AsSpan(end + 1), CultureInfo.InvariantCulture, out var column)
            || Read(place[..middle], compiled) is not { } file)
        {
            return null;
        }

        var start = 0;
        for (var i = 1; i < line && start >= 0; i++)
        {
            start = file.Text.IndexOf('\n', start) is >= 0 and var next ? next + 1 : -1;
        }

        if (start < 0 || start + column > file.Text.Length)
        {
            return null;
        }

        var rest = file.Text.AsSpan(start + column - 1);
        var length = rest.IndexOf('\n') is >= 0 and var newLine ? newLine : rest.Length;
        return DiagnosticRenderer.Excerpt(new SourceSpan(file, start + column - 1, rest[..length].TrimEnd().Length));
    }

    private static SourceFile? Read(string path, DateTime compiled)
    {
        if (!File.Exists(path))
        {
            return StandardLibrary.Find(path);
        }

        try
        {
            return File.GetLastWriteTimeUtc(path) <= compiled ? new(path, File.ReadAllText(path)) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The line only adds to a message that stands without it.
            return null;
        }
    }
}
