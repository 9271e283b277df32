using System.Text.RegularExpressions;

namespace Prover.Cli.Tests;

/// <summary>The tables of a page.</summary>
internal static partial class PageTable
{
    /// <summary>The rows of all tables that begin with these columns; each row is its cells.</summary>
    public static IReadOnlyList<string[]> Rows(string page, params string[] columns)
    {
        List<string[]> rows = [];
        var isInside = false;
        foreach (var line in page.Split('\n'))
        {
            var cells = line.StartsWith('|') ? line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray() : [];
            if (isInside && cells.Length >= columns.Length)
            {
                if (!Rule().IsMatch(line))
                {
                    rows.Add(cells);
                }
            }
            else
            {
                isInside = cells.Length >= columns.Length && cells.Take(columns.Length).SequenceEqual(columns);
            }
        }

        return rows;
    }

    /// <summary>The texts that a cell shows as code.</summary>
    public static IEnumerable<string> Code(string cell) => CodeSpan().Matches(cell).Select(match => match.Groups["code"].Value);

    [GeneratedRegex("^[|: -]+$")]
    private static partial Regex Rule();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex CodeSpan();
}
