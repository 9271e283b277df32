using System.CommandLine;
using Prover.Compiler;
using Prover.Language;

namespace Prover.Cli;

/// <summary><c>check [PATH…]</c>.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = Arguments.Paths("PATH", "Circuit files, or folders to search for them; 'circuits' if none is given.", ArgumentArity.ZeroOrMore);
        var command = new Command(
            "check",
            """
            Report what is wrong with circuit files, without writing anything.

            All errors of syntax come first; once there are none, all errors of the names, constants, tests and rules. An error does not hide
            those behind it, and what only follows from another error is not told. The first 50 are shown, the others counted.
            Each finding has a stable code, points at the place and, where it can, says what would help. Exit code 1 if there are any.
            Example: prover check circuits
            """)
        {
            files,
        };
        command.SetAction(parsed =>
        {
            var paths = CircuitPaths.Files(parsed.GetValue(files)!);
            var diagnostics = Diagnostic.InOrder(paths.SelectMany(CircuitCompiler.Check));
            if (diagnostics.Count > 0)
            {
                SourceText.Require(paths);
            }

            DiagnosticReport.Write(terminal, diagnostics);
            terminal.Note($"{paths.Length:N0} {(paths.Length == 1 ? "file" : "files")} checked, {diagnostics.Count:N0} {(diagnostics.Count == 1 ? "error" : "errors")}{(diagnostics.Count == 0 ? "" : $"; 'prover explain {diagnostics[0].Code}' says more")}");
            return diagnostics.Count == 0 ? ExitCode.Success : ExitCode.NegativeVerdict;
        });
        return command;
    }
}
