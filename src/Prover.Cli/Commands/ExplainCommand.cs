using System.CommandLine;
using Prover.Language;

namespace Prover.Cli;

/// <summary><c>explain CODE</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var code = new Argument<string?>("code") { Description = "The code of an error, such as R0203; all codes are listed without one.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command(
            "explain",
            """
            Say what the code of an error means, with a program that gets it and the same program mended.

            Without a code, all codes are listed. Codes stay the same from version to version.
            Example: prover explain R0203
            """)
        {
            code,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetValue(code)));
        return command;
    }

    private static int Run(Terminal terminal, string? code)
    {
        if (code is null)
        {
            List(terminal);
            return ExitCode.Success;
        }

        if (DiagnosticCode.Find(code.ToUpperInvariant()) is not { } entry)
        {
            throw new UsageException($"There is no code '{code}'. 'prover explain' lists all codes.");
        }

        if (terminal.Json)
        {
            terminal.WriteJson(entry);
            return ExitCode.Success;
        }

        terminal.Write($"{entry.Code}: {entry.Meaning}\n{entry.Remedy}");
        if (entry.Refused is not null && entry.Accepted is not null)
        {
            terminal.Write($"\nRefused:\n\n{Indented(entry.Refused)}\n\nAccepted:\n\n{Indented(entry.Accepted)}");
        }

        return ExitCode.Success;
    }

    private static void List(Terminal terminal)
    {
        if (terminal.Json)
        {
            terminal.WriteJson(DiagnosticCode.All);
            return;
        }

        foreach (var entry in DiagnosticCode.All)
        {
            terminal.Write($"{entry.Code}  {entry.Meaning}");
        }
    }

    private static string Indented(string program) => "  " + program.Replace("\n", "\n  ", StringComparison.Ordinal);
}
