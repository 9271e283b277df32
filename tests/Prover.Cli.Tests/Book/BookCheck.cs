using System.Text.RegularExpressions;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>
/// Holds the blocks of a page to what they say. These kinds may stand there:
/// <list type="bullet">
/// <item><c>circuit</c>: a program that compiles and passes its own tests;</item>
/// <item><c>circuit refused</c>: a program that does not compile; the <c>text</c> behind it is what it is told;</item>
/// <item><c>console</c>: commands behind "$ " that succeed, each above what it prints, see <see cref="Transcript"/>;</item>
/// <item><c>console refused</c>: the same, but the last command ends with an exit code that is not 0;</item>
/// <item><c>sh</c>: commands that take too long to be run here; the programs, commands and files that they name exist;</item>
/// <item><c>js</c>: a script, kept under the name in its first line for the commands behind it;</item>
/// <item><c>ebnf</c>: the grammar, which has tests of its own.</item>
/// </list>
/// </summary>
internal static partial class BookCheck
{
    /// <summary>What is not as a page says, each with its line.</summary>
    public static IReadOnlyList<string> FailuresOf(string text)
    {
        using var session = new BookSession();
        var fences = Fence.Of(text);
        List<string> failures = [];
        for (var i = 0; i < fences.Count; i++)
        {
            var failure = fences[i].Kind switch
            {
                "circuit" => session.Accept(fences[i].Text),
                "circuit refused" when i + 1 < fences.Count && fences[i + 1].Kind == "text" => Refuse(session, fences[i].Text, fences[++i].Text),
                "circuit refused" => "the diagnostic is missing: a block of text",
                "console" or "console refused" => RunAll(session, Transcript.Of(fences[i].Text), isRefused: fences[i].Kind != "console"),
                "sh" => fences[i].Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Inspect).FirstOrDefault(problem => problem is not null),
                "js" => session.Keep(fences[i].Text) ? null : "a script begins with a comment that names its file",
                "ebnf" => null,
                var kind => $"blocks of kind '{kind}' are not tested",
            };
            if (failure is not null)
            {
                failures.Add($"line {fences[i].Line}: {failure}");
            }
        }

        return failures;
    }

    private static string? Refuse(BookSession session, string source, string expected) =>
        session.Diagnose(source) is var actual && actual == expected ? null
        : actual.Length == 0 ? "the program is not refused"
        : $"the diagnostic is another one:\n{actual}";

    private static string? RunAll(BookSession session, IReadOnlyList<Transcript> commands, bool isRefused)
    {
        for (var i = 0; i < commands.Count; i++)
        {
            var (code, output) = session.Run(commands[i].Command);
            if (code != 0 != (isRefused && i == commands.Count - 1))
            {
                return $"'{commands[i].Command}' ends with {code}\n{output}";
            }

            if (!commands[i].Matches(output))
            {
                return $"'{commands[i].Command}' prints something else:\n{output}";
            }
        }

        return null;
    }

    /// <summary>What a command that is not run names and is not there, or null.</summary>
    private static string? Inspect(string line)
    {
        var words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] is "alias" or "export")
        {
            return null;
        }

        if (words.FirstOrDefault(word => word.Contains('/', StringComparison.Ordinal) && word[0] is not ('~' or '@') && !Path.Exists(Repository.PathOf(word.Split('/')))) is { } missing)
        {
            return $"'{missing}' is not there";
        }

        var command = Array.IndexOf(words, "--") is >= 0 and var dashes ? words[(dashes + 1)..] : words[0] == "prover" ? words[1..] : null;
        if (command is null)
        {
            return words[0] is "dotnet" or "npm" ? null : $"'{words[0]}' is no program of this project";
        }

        var path = command.TakeWhile(word => CommandWord().IsMatch(word)).ToArray();
        return Outcome.Of([.. path, "--help"]).Output.Contains($"\n  prover {string.Join(' ', path)} ", StringComparison.Ordinal)
            ? null
            : $"there is no command 'prover {string.Join(' ', path)}'";
    }

    [GeneratedRegex("^[a-z-]+$")]
    private static partial Regex CommandWord();
}
