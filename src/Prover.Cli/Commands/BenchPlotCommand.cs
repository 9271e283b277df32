using System.CommandLine;
using Prover.Bench;
using Prover.Bench.Plots;

namespace Prover.Cli;

/// <summary><c>bench plot FILE… -o NAME</c>.</summary>
internal static class BenchPlotCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = Arguments.Paths("FILE", "Reports that 'bench --output' wrote.", ArgumentArity.OneOrMore);
        var output = Arguments.Output("Where to write: NAME-proofs and NAME-stages, each as .png and .svg.");
        var command = new Command("plot",
            """
            Draw reports: times of proofs against constraints, on logarithmic axes, and the stages of each proof.

            Example: prover bench plot bench.json -o bench
            """)
        {
            files, output,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(files), parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(Terminal terminal, string[] files, string output)
    {
        if (Path.GetFileName(output).Length == 0)
            throw new UsageException($"-o takes the beginning of the files' names, as in {output}bench; '{output}' is a folder.");

        Arguments.RequireOutputs(files, $"{output}-proofs.png", $"{output}-proofs.svg", $"{output}-stages.png", $"{output}-stages.svg");
        var written = BenchPlots.Write([.. files.Select(BenchReportFile.Read)], output);
        terminal.WriteReport("plots", new { files = written }, written.Select(path => ("written", path)));
        return ExitCode.Success;
    }
}
