using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Prover.Cli;

/// <summary>The whole command line; a test can run it in its own process.</summary>
public static class CommandLine
{
    /// <summary>Parses, runs and maps every failure to an exit code and one clear message.</summary>
    /// <param name="arguments">As given to the process.</param>
    /// <param name="output">For data.</param>
    /// <param name="error">For everything else.</param>
    /// <param name="input">What the user pipes in, or null for the process's standard input.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, Stream? input = null)
    {
        var interactive = ReferenceEquals(error, Console.Error) && Terminal.IsWatched;
        var json = arguments.Contains(CommonOptions.Json.Name);
        var terminal = new Terminal(output, error, interactive, json);
        var root = Build(terminal, input is null ? Console.OpenStandardInput : () => input);
        var parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments);
        ShortenDescriptions(parsed.CommandResult.Command.Subcommands);
        if (parsed.Errors.Count > 0)
        {
            string[] mistakes = [.. Mistakes(parsed)];
            foreach (var mistake in mistakes)
            {
                terminal.Error(mistake);
            }

            terminal.Note($"See 'prover {string.Concat(CommandPath(parsed).Reverse())}--help'.");
            return WriteFailure(terminal, string.Join(' ', mistakes), ExitCode.Usage);
        }

        try
        {
            return Invoke(parsed, terminal, error);
        }
        catch (Exception exception) when (Failures.TryDescribe(exception, out var code, out var message))
        {
            terminal.Error(message);
            return WriteFailure(terminal, message, code);
        }
    }

    private static int Invoke(ParseResult parsed, Terminal terminal, TextWriter error)
    {
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Its own handling of signals fails on the second one.
            Output = terminal.Output,
            Error = error,
        };
        var isAsynchronous = parsed.Action is AsynchronousCommandLineAction;
        using var interruption = new Interruption(isWholeProcess: ReferenceEquals(error, Console.Error), hasOrderToMake: isAsynchronous);
        if (!isAsynchronous)
            return parsed.Invoke(configuration);

        return parsed.InvokeAsync(configuration, interruption.Token).GetAwaiter().GetResult();
    }

    /// <summary>The failure as JSON, if that is wanted and what was done before the failure has not been printed.</summary>
    /// <returns>The exit code: if JSON is wanted and cannot be written, the code says so.</returns>
    private static int WriteFailure(Terminal terminal, string message, int code)
    {
        try
        {
            if (terminal.Json && !terminal.HasWrittenJson)
                terminal.WriteJson(new { error = message, exitCode = code });
            return code;
        }
        catch (UnwritableOutputException)
        {
            return ExitCode.OutOfResources;
        }
    }

    private static Command Build(Terminal terminal, Func<Stream> input) => new(
        "prover",
        """
        Proves that inputs obey the rules of a circuit, in zero knowledge.

        Who writes rules in .circuit files:     new, check, explain, fmt, test, compile, profile, doc, lsp
        Who proves and verifies:                setup, witness, prove, prove-all, verify, key
        Who runs a prover node:                 batch execute, why, scan, sign, prove, escape; state
        Who looks at artefacts or the machine:  inspect, audit, doctor, bench

        Data goes to standard output, everything else to standard error.
        Exit codes: 0 ok, 1 negative verdict, 2 usage, 3 bad file, 4 key or version mismatch, 5 a remote service or a device failed:
        worth a retry, 6 out of resources, 130 interrupted.
        """)
    {
        new HelpOption(),
        new VersionOption(),
        CommonOptions.Json,
        NewCommand.Create(terminal),
        CheckCommand.Create(terminal),
        ExplainCommand.Create(terminal),
        FormatCommand.Create(terminal, input),
        TestCommand.Create(terminal),
        CompileCommand.Create(terminal),
        ProfileCommand.Create(terminal),
        DocCommand.Create(terminal),
        LspCommand.Create(terminal, input),
        SetupCommand.Create(terminal),
        WitnessCommand.Create(terminal),
        ProveCommand.Create(terminal),
        ProveAllCommand.Create(terminal),
        VerifyCommand.Create(terminal),
        KeyCommand.Create(terminal),
        BatchCommand.Create(terminal),
        StateCommand.Create(terminal),
        AuditCommand.Create(terminal),
        InspectCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        BenchCommand.Create(terminal),
    };

    /// <summary>Where commands are listed, the first line of each says enough; its own help shows the rest.</summary>
    private static void ShortenDescriptions(IEnumerable<Command> listed)
    {
        foreach (var command in listed)
        {
            command.Description = command.Description?.Split('\n')[0];
        }
    }

    /// <summary>A word that is no command is the mistake, not that a command is missing.</summary>
    private static IEnumerable<string> Mistakes(ParseResult parsed) => parsed.UnmatchedTokens is [var word, ..] && parsed.CommandResult.Command.Subcommands.Count > 0
        ? [$"there is no command '{word}' here; there are {string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(command => command.Name))}."]
        : parsed.Errors.Select(OptionRules.Describe).Distinct();

    private static IEnumerable<string> CommandPath(ParseResult parsed)
    {
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
        {
            yield return result.Command.Name + " ";
        }
    }
}
