namespace Prover.Language;

/// <remarks>What the formatter asks for. Nothing is recorded where only the tree is wanted.</remarks>
public sealed partial class Parser
{
    private readonly SyntaxRecord? _record;

    /// <summary>Parses a file and records its tokens and comments; the record is of use only if there are no diagnostics.</summary>
    internal static SyntaxRecord Record(SourceFile file, List<Diagnostic> diagnostics)
    {
        var record = new SyntaxRecord();
        Parse(file, diagnostics, record);
        return record;
    }

    private void Mark(TokenRole role) => _record?.Mark(Current.Span.Start, role);

    private void MarkPrevious(TokenRole role) => _record?.Mark(Previous.Span.Start, role);
}
