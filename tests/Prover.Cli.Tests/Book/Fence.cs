namespace Prover.Cli.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Line">The line of its opening fence, from 1.</param>
/// <param name="Kind">What stands behind the opening fence, such as "circuit refused".</param>
/// <param name="Text">Its lines, each with its newline.</param>
internal sealed record Fence(int Line, string Kind, string Text)
{
    private const string Mark = "```";

    /// <summary>All blocks of a page in order.</summary>
    /// <exception cref="FormatException">A block is not closed, or is indented, so that it would not be seen here.</exception>
    public static IReadOnlyList<Fence> Of(string page)
    {
        List<Fence> fences = [];
        var lines = page.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Mark, StringComparison.Ordinal))
            {
                if (lines[i].TrimStart(' ', '>', '-', '*').StartsWith(Mark, StringComparison.Ordinal) || lines[i].StartsWith("~~~", StringComparison.Ordinal))
                {
                    throw new FormatException($"line {i + 1}: a block begins with {Mark} in the first column");
                }

                continue;
            }

            var end = Array.IndexOf(lines, Mark, i + 1);
            if (end < 0)
            {
                throw new FormatException($"line {i + 1}: the block is not closed");
            }

            fences.Add(new(i + 1, lines[i][Mark.Length..].Trim(), string.Concat(lines[(i + 1)..end].Select(line => line + "\n"))));
            i = end;
        }

        return fences;
    }
}
