using System.Globalization;
using System.Text;

namespace Prover.Cli;

/// <summary>Shows where two texts differ, line by line, as <c>diff -u</c> does.</summary>
/// <remarks>It takes the nearest lines that agree again, not the longest sequence of them: texts that differ in layout only need no more.</remarks>
internal static class LineDifference
{
    /// <summary>Unchanged lines shown around changed ones.</summary>
    private const int Context = 3;

    /// <summary>How far ahead, in lines of both texts together, agreement is looked for.</summary>
    private const int Window = 64;

    private const string NoNewLine = "\n\\ no newline at the end of the file";

    /// <summary>The differences between a file and what it should be, or nothing.</summary>
    public static string Show(string path, string before, string after)
    {
        var changes = Compare(Lines(before), Lines(after));
        if (changes.TrueForAll(change => change.Mark == ' '))
        {
            return "";
        }

        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"--- {path}\n+++ {path} (formatted)\n");
        var (old, now) = (1, 1);
        for (var start = 0; start < changes.Count;)
        {
            var (first, end) = NextHunk(changes, start);
            (old, now) = (old + Count(changes, start, first, '+'), now + Count(changes, start, first, '-'));
            var (removed, added) = (Count(changes, first, end, '+'), Count(changes, first, end, '-'));
            if (first < end)
            {
                text.Append(CultureInfo.InvariantCulture, $"@@ -{old},{removed} +{now},{added} @@\n");
                AppendLines(text, changes, first, end);
            }

            (start, old, now) = (end, old + removed, now + added);
        }

        return text.ToString();
    }

    private static string[] Lines(string text)
    {
        var lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : [.. lines[..^1], lines[^1] + NoNewLine];
    }

    /// <summary>All lines of both texts: those only in the first marked '-', those only in the second '+', common ones ' '.</summary>
    private static List<(char Mark, string Line)> Compare(string[] before, string[] after)
    {
        List<(char, string)> changes = [];
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            var (removed, added) = Distance(before.AsSpan(i), after.AsSpan(j));
            changes.AddRange(before[i..(i + removed)].Select(line => ('-', line)));
            changes.AddRange(after[j..(j + added)].Select(line => ('+', line)));
            (i, j) = (i + removed, j + added);
            while (i < before.Length && j < after.Length && before[i] == after[j])
            {
                changes.Add((' ', before[i++]));
                j++;
            }
        }

        return changes;
    }

    /// <summary>
    /// How many lines to skip in each until lines agree; blank ones do so in many wrong places and count only if as many are skipped in both,
    /// or if the lines behind them agree as well.
    /// </summary>
    private static (int Removed, int Added) Distance(ReadOnlySpan<string> before, ReadOnlySpan<string> after)
    {
        if (before.Length > 0 && after.Length > 0 && before[0] == after[0])
        {
            return (0, 0);
        }

        for (var distance = 1; distance <= Math.Min(Window, before.Length + after.Length - 2); distance++)
        {
            for (var removed = Math.Max(0, distance - after.Length + 1); removed <= Math.Min(distance, before.Length - 1); removed++)
            {
                if (before[removed] == after[distance - removed]
                    && (before[removed].Length > 0 || removed * 2 == distance || Next(before, removed) == Next(after, distance - removed)))
                {
                    return (removed, distance - removed);
                }
            }
        }

        return (Math.Min(Window / 2, before.Length), Math.Min(Window / 2, after.Length));
    }

    private static string Next(ReadOnlySpan<string> lines, int i) => i + 1 < lines.Length ? lines[i + 1] : "";

    /// <summary>The changes from a place on that are shown together, with what surrounds them.</summary>
    private static (int First, int End) NextHunk(List<(char Mark, string Line)> changes, int start)
    {
        var first = changes.FindIndex(start, change => change.Mark != ' ');
        if (first < 0)
        {
            return (changes.Count, changes.Count);
        }

        var last = first;
        for (var next = first; next >= 0 && next - last <= 2 * Context; next = next + 1 < changes.Count ? changes.FindIndex(next + 1, change => change.Mark != ' ') : -1)
        {
            last = next;
        }

        return (Math.Max(start, first - Context), Math.Min(changes.Count, last + 1 + Context));
    }

    private static void AppendLines(StringBuilder text, List<(char Mark, string Line)> changes, int first, int end)
    {
        foreach (var (mark, line) in changes[first..end])
        {
            text.Append(mark).Append(Visible(line)).Append('\n');
        }
    }

    /// <summary>How many lines belong to the text that the other mark is not of.</summary>
    private static int Count(List<(char Mark, string Line)> changes, int first, int end, char other)
    {
        var count = 0;
        for (var i = first; i < end; i++)
        {
            count += changes[i].Mark == other ? 0 : 1;
        }

        return count;
    }

    /// <summary>Control characters as pictures, so that a carriage return is seen and none of them reaches a terminal.</summary>
    private static string Visible(string line) =>
        line.Any(c => char.IsControl(c) && c is not ('\t' or '\n')) ? string.Concat(line.Select(c => !char.IsControl(c) || c is '\t' or '\n' ? c : c < ' ' ? (char)(0x2400 + c) : '\u2421')) : line;
}
