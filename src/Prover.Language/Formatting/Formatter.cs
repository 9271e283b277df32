namespace Prover.Language;

/// <summary>Lays a program out in the one style that all circuits share.</summary>
/// <remarks>
/// Where lines break inside a statement is mostly the author's choice and kept. Indentation, spaces and blank lines are not: two spaces for
/// each level, one space between words, at most one blank line in a row. Columns that the author has aligned, of <c>=</c> in neighbouring
/// lines or of comments behind code, stay aligned. Lines over <see cref="MaximumWidth"/> are broken.
/// </remarks>
public static class Formatter
{
    /// <summary>What fits into a line, comments behind it aside. Shorter lines are broken only where their author has broken them.</summary>
    public const int MaximumWidth = 170;

    /// <summary>The text in the shared style, or null, with the reasons, if it does not parse.</summary>
    /// <param name="source">One file; what it imports is not looked at.</param>
    /// <param name="diagnostics">Gets what is wrong with the syntax.</param>
    /// <exception cref="InvalidDataException">The result would be longer than a file may be.</exception>
    /// <exception cref="InvalidOperationException">The result would not be the same program: a fault of the formatter.</exception>
    public static string? Format(SourceFile source, List<Diagnostic> diagnostics)
    {
        List<Diagnostic> found = [];
        var record = Parser.Record(source, found);
        if (found.Count > 0)
        {
            diagnostics.AddRange(found);
            return null;
        }

        var text = Format(source, record);
        if (text.Length > Parser.MaximumCharacters)
        {
            throw new InvalidDataException($"{source.Path}: {text.Length:N0} characters once formatted; at most {Parser.MaximumCharacters:N0} are read.");
        }

        SameProgram.Require(source, record, text);
        return text;
    }

    private static string Format(SourceFile source, SyntaxRecord record)
    {
        var pieces = Piece.Read(source, record);
        LineBreaks.Normalize(pieces);
        var lines = LongLines.Break(pieces);
        Alignment.Apply(lines);
        return string.Concat(lines.Select(line => line.Show()));
    }
}
