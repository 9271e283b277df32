using System.CommandLine;
using Prover.Compiler;

namespace Prover.Cli;

/// <summary><c>check FILE…</c>.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = Arguments.Paths("FILE", "Circuit files.", ArgumentArity.OneOrMore);
        var command = new Command(
            "check",
            """
            Report what is wrong with circuit files, without writing anything.

            All errors of syntax and all unknown names come first; once there are none, the first error of each constant, test and rule.
            Each finding has a stable code, points at the place and, where it can, says what would help. Exit code 1 if there are any.
            Example: prover check circuits/margin/risk.circuit
            """)
        {
            files,
        };
        command.SetAction(parsed =>
        {
            var paths = parsed.GetRequiredValue(files);
            var diagnostics = paths.SelectMany(CircuitCompiler.Check).DistinctBy(diagnostic => diagnostic.Identity).ToList();
            if (diagnostics.Count > 0)
            {
                SourceText.Require(paths);
            }

            DiagnosticReport.Write(terminal, diagnostics);
            terminal.Note($"{paths.Length:N0} {(paths.Length == 1 ? "file" : "files")} checked, {diagnostics.Count:N0} {(diagnostics.Count == 1 ? "error" : "errors")}");
            return diagnostics.Count == 0 ? ExitCode.Success : ExitCode.NegativeVerdict;
        });
        return command;
    }
}
