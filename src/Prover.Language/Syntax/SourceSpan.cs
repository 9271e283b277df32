namespace Prover.Language;

/// <summary>A source text with the name it has in messages.</summary>
/// <param name="Path">The path as the user gave it.</param>
/// <param name="Text">The whole text.</param>
public sealed record SourceFile(string Path, string Text)
{
    /// <summary>The 1-based line and column of an offset.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        var before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        var line = before.Count('\n') + 1;
        return (line, before.Length - (before.LastIndexOf('\n') + 1) + 1);
    }
}

/// <summary>A range of characters in a source text.</summary>
/// <param name="File">The text.</param>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Length">Number of characters.</param>
public readonly record struct SourceSpan(SourceFile File, int Start, int Length)
{
    /// <summary>"path:line:column", as compilers print it.</summary>
    public override string ToString()
    {
        if (File is null)
        {
            return "(no source)";
        }

        var (line, column) = File.Locate(Start);
        return $"{File.Path}:{line}:{column}";
    }
}
