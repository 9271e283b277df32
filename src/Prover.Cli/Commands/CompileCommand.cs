using System.CommandLine;
using Prover.Compiler;
using Prover.Formats;

namespace Prover.Cli;

/// <summary><c>compile FILE.circuit [--rule NAME] -o DIR</c>.</summary>
internal static class CompileCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = Arguments.Path("FILE.circuit", "The circuit file.");
        var rule = new Option<string?>("--rule", "-r") { Description = "The rule to compile, with its generic arguments if it has any: 'margin' or 'margin<32>'. Not needed if the file has a single rule." };
        var output = Arguments.Output("The folder to write to; made if it is not there.");
        var command = new Command(
            "compile",
            """
            Compile a rule to constraints and to the program that computes its witness.

            The constraints are proved to let the inputs determine every wire, as 'audit' proves it; if they are not, there is no circuit.

            Writes RULE.r1cs and RULE.sym, which circom's tools read too, and RULE.compiled for 'prover witness'.
            Example: prover compile circuits/margin/risk.circuit --rule initial_margin -o build
            """)
        {
            file, rule, output,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(file), parsed.GetValue(rule), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string? rule, string folder)
    {
        Arguments.RequireOutputFolder(folder);
        var compilation = CircuitCompiler.Compile(path, rule);
        if (compilation.Circuit is not { } circuit)
        {
            SourceText.Require(path);
            DiagnosticReport.Write(terminal, compilation.Diagnostics);
            return ExitCode.NegativeVerdict;
        }

        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, CompiledCircuits.FileNameOf(circuit));
        var artefact = Task.Run(() => CircuitArtefact.Write(stem + CompiledCircuits.Extension, circuit));
        R1csFile.Write(stem + ".r1cs", circuit.R1cs);
        SymFile.Write(stem + ".sym", [.. circuit.Inputs.Select(input => input.Name)]);
        artefact.GetAwaiter().GetResult();
        CircuitReport.Write(terminal, stem + CompiledCircuits.Extension, circuit, isCompiledHere: true);
        return ExitCode.Success;
    }
}
