using System.Text;
using System.Text.RegularExpressions;

namespace Prover.Cli.Tests;

/// <summary>A command as a page shows it, with what it should print.</summary>
/// <param name="Command">The text behind "$ ", of several lines if each but the last ends with a backslash.</param>
/// <param name="Expected">The lines below it; "…" stands for any text of a line, alone on a line for any lines.</param>
internal sealed record Transcript(string Command, string Expected)
{
    private const string Prompt = "$ ";
    private const string Ellipsis = "…";

    /// <summary>The commands of a block in order.</summary>
    /// <exception cref="FormatException">The block does not begin with a command.</exception>
    public static IReadOnlyList<Transcript> Of(string block)
    {
        List<Transcript> commands = [];
        var isContinued = false;
        foreach (var line in block.TrimEnd('\n').Split('\n'))
        {
            if (isContinued)
            {
                commands[^1] = commands[^1] with { Command = $"{commands[^1].Command}\n{line}" };
            }
            else if (line.StartsWith(Prompt, StringComparison.Ordinal))
            {
                commands.Add(new(line[Prompt.Length..], ""));
            }
            else if (commands.Count > 0)
            {
                commands[^1] = commands[^1] with { Expected = commands[^1].Expected + line + "\n" };
            }
            else
            {
                throw new FormatException($"a console block begins with '{Prompt}', not with '{line}'");
            }

            isContinued = line.EndsWith('\\') && (isContinued || line.StartsWith(Prompt, StringComparison.Ordinal));
        }

        return commands;
    }

    /// <summary>
    /// Whether a command has printed what it should have, but for spaces at the ends of lines and empty lines at the end. Where a page shows
    /// nothing, anything will do.
    /// </summary>
    public bool Matches(string actual)
    {
        if (Expected.Trim().Length == 0)
        {
            return true;
        }

        var pattern = new StringBuilder("^");
        foreach (var line in Lines(Expected))
        {
            pattern.Append(line == Ellipsis
                ? @"(?:[^\n]*\n)*?"
                : string.Join(@"[^\n]*", line.Split(Ellipsis).Select(Regex.Escape)) + @"\n");
        }

        return Regex.IsMatch(string.Concat(Lines(actual).Select(line => line + "\n")), pattern.Append(@"\z").ToString());
    }

    private static string[] Lines(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed.Length == 0 ? [] : [.. trimmed.Split('\n').Select(line => line.TrimEnd())];
    }
}
