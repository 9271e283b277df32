using Prover.Language;

namespace Prover.Cli;

/// <summary>A file and what the formatter makes of it.</summary>
/// <param name="Source">As it was.</param>
/// <param name="Text">As it should be, or null if it does not parse.</param>
/// <param name="Diagnostics">Why it does not.</param>
internal sealed record FormattedFile(SourceFile Source, string? Text, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Whether the file is not laid out as it should be.</summary>
    public bool IsChanged => Text is not null && Text != Source.Text;

    /// <summary>"unchanged", "changed" (if only under <c>--check</c>: it would be) or "refused".</summary>
    public string Verdict => Text is null ? "refused" : IsChanged ? "changed" : "unchanged";

    public static FormattedFile Of(SourceFile source)
    {
        List<Diagnostic> diagnostics = [];
        return new(source, Formatter.Format(source, diagnostics), diagnostics);
    }
}
