using System.CommandLine;

namespace Prover.Cli;

/// <summary>The whole command line; a test can run it in its own process.</summary>
public static class CommandLine
{
    /// <summary>Parses, runs and maps every failure to an exit code and one clear message.</summary>
    /// <param name="arguments">As given to the process.</param>
    /// <param name="output">For data.</param>
    /// <param name="error">For everything else.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var interactive = ReferenceEquals(error, Console.Error) && Terminal.IsWatched;
        var json = arguments.Contains(CommonOptions.Json.Name);
        var terminal = new Terminal(output, error, interactive, json);
        var root = Build(terminal);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors)
            {
                terminal.Error(mistake.Message);
            }

            terminal.Note($"See 'prover {string.Join(' ', CommandPath(parsed))}--help'.");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (Exception exception) when (Failures.TryDescribe(exception, out var code, out var message))
        {
            terminal.Error(message);
            return code;
        }
    }

    private static RootCommand Build(Terminal terminal) => new(
        """
        Proves that batches of margin updates obey their risk rules.

        A protocol developer writes rules in .circuit files:   check, test, compile, setup, witness, prove, verify
        An operator of a prover node takes batches:            batch execute, batch prove
        Anyone looks at artefacts and at the machine:          inspect, key, doctor

        Exit codes: 0 ok, 1 negative verdict, 2 usage, 3 bad file, 4 key or version mismatch, 5 remote failure worth a retry, 6 out of resources.
        """)
    {
        CommonOptions.Json,
    };

    private static IEnumerable<string> CommandPath(ParseResult parsed)
    {
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
        {
            yield return result.Command.Name + " ";
        }
    }
}
