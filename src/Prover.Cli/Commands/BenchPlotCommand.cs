using System.CommandLine;
using Prover.Bench;
using Prover.Bench.Plots;

namespace Prover.Cli;

/// <summary><c>bench plot FILE… -o NAME</c>.</summary>
internal static class BenchPlotCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = Arguments.Paths("FILE", "Reports that 'bench --output' wrote, or one of 'bench gpu --output'.", ArgumentArity.OneOrMore);
        var output = Arguments.Output("Where to write: NAME-proofs and NAME-stages, of a GPU NAME-parts and NAME-proofs, each as .png and .svg.");
        var command = new Command("plot",
            """
            Draw reports: times of proofs against constraints, on logarithmic axes, and the stages of each proof. The report of a GPU is drawn by itself: its
            sums, transforms and proofs beside those of the CPU, with the design's targets as crosses.

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

        if (files.Any(GpuBenchReportFile.IsOne))
            return DrawGpu(terminal, files, output);

        Arguments.RequireOutputs(files, $"{output}-proofs.png", $"{output}-proofs.svg", $"{output}-stages.png", $"{output}-stages.svg");
        return Report(terminal, BenchPlots.Write([.. files.Select(BenchReportFile.Read)], output));
    }

    private static int DrawGpu(Terminal terminal, string[] files, string output)
    {
        if (files.Length > 1)
            throw new UsageException($"The report of a GPU is drawn by itself, and {files.First(GpuBenchReportFile.IsOne)} is one; got {files.Length} reports.");

        Arguments.RequireOutputs(files, GpuPlots.Paths(output));
        return Report(terminal, GpuPlots.Write(GpuBenchReportFile.Read(files[0]), output));
    }

    private static int Report(Terminal terminal, IReadOnlyList<string> written)
    {
        terminal.WriteReport("plots", new { files = written }, written.Select(path => ("written", path)));
        return ExitCode.Success;
    }
}
