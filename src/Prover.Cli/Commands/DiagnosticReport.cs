using Prover.Language;

namespace Prover.Cli;

/// <summary>Shows what is wrong with a program: with its source lines for people, as an array for tools.</summary>
internal static class DiagnosticReport
{
    public static void Write(Terminal terminal, IReadOnlyList<Diagnostic> diagnostics)
    {
        if (diagnostics.Count > 0)
        {
            terminal.Note(DiagnosticRenderer.Render(diagnostics));
        }

        if (terminal.Json)
        {
            terminal.WriteJson(diagnostics.Select(Describe));
        }
    }

    /// <summary>A diagnostic as it appears in JSON; lines and columns count from 1.</summary>
    public static object Describe(Diagnostic diagnostic) => new
    {
        diagnostic.Code,
        diagnostic.Message,
        Primary = Describe(diagnostic.Primary),
        Secondary = diagnostic.Secondary.Select(Describe),
        diagnostic.Help,
    };

    private static object Describe(Label label)
    {
        var (line, column) = label.Span.File is { } file ? file.Locate(label.Span.Start) : (0, 0);
        return new { File = label.Span.File?.Path, Line = line, Column = column, label.Span.Length, label.Text };
    }
}
