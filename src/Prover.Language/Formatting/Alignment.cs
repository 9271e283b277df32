namespace Prover.Language;

/// <summary>Keeps aligned what the author has aligned in neighbouring lines: the <c>=</c> of names, and comments behind code.</summary>
/// <remarks>
/// Neighbours are grouped by their columns in the source and moved together, so formatting the result changes nothing: its columns are the
/// ones that were chosen here, and two groups that have come to share a column ask for the same one.
/// </remarks>
internal static class Alignment
{
    /// <summary>Spaces between code and a comment, at least.</summary>
    private const int CommentGap = 2;

    public static void Apply(List<OutputLine> lines)
    {
        ForEachGroup(lines, static (line, next) => line.IsLike(next) && line.EqualsSourceAt == next.EqualsSourceAt, AlignEquals);
        ForEachGroup(lines, static (line, next) => line.HasComment && next.HasComment && line.CommentSourceColumn == next.CommentSourceColumn, AlignComments);
    }

    /// <summary>One space behind the longest name.</summary>
    private static void AlignEquals(List<OutputLine> group)
    {
        var column = group.Max(line => line.EqualsAt);
        foreach (var line in group)
        {
            line.Padding = line.EqualsAt < 0 ? 0 : column - line.EqualsAt;
        }
    }

    /// <summary>Where the author has put them, or behind the longest line.</summary>
    private static void AlignComments(List<OutputLine> group)
    {
        var column = group.Max(line => Math.Max(line.CommentSourceColumn, line.AlignedWidth + CommentGap));
        foreach (var line in group)
        {
            line.CommentColumn = column;
        }
    }

    /// <summary>Groups of neighbours, each of which goes with the next.</summary>
    private static void ForEachGroup(List<OutputLine> lines, Func<OutputLine, OutputLine, bool> belong, Action<List<OutputLine>> align)
    {
        for (var start = 0; start < lines.Count;)
        {
            var end = start + 1;
            while (end < lines.Count && !lines[end].HasBlankBefore && belong(lines[end - 1], lines[end]))
            {
                end++;
            }

            align(lines.GetRange(start, end - start));
            start = end;
        }
    }
}
