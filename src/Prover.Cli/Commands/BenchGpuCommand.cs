using System.CommandLine;
using Prover.Backends.Gpu;
using Prover.Bench;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>bench gpu</c>.</summary>
internal static class BenchGpuCommand
{
    private const int SmallestLogSize = 5;
    private const int LargestLogSize = 24;

    private static readonly Option<string> Device = MakeDevice();

    private static readonly Option<bool> Emulate = new("--emulate")
    {
        Description = "Run the kernels on ILGPU's emulation of a device on the processor, to see that everything works where there is no GPU. Its numbers mean nothing; take sizes below 10.",
    };

    private static readonly Option<int[]> Sizes = new Option<int[]>("--sizes", "-s")
    {
        Description = $"log₂ of the sizes of transforms, sums and proofs, from 5 to 24. Sums in G2 go up to {GpuBench.LargestG2Sum}, proofs up to {GpuBench.LargestProof}.",
        DefaultValueFactory = _ => [16, 18, 20, 22, 24],
        AllowMultipleArgumentsPerToken = true,
    }.RequireRange(SmallestLogSize, LargestLogSize);

    private static readonly Option<string[]> ProfileNames = new Option<string[]>("--profile", "-p")
    {
        Description = "What to prove: dense, bits (from 2^10) and margin (from 2^17), as 'bench' has them.",
        DefaultValueFactory = _ => [.. Profiles.Names],
        AllowMultipleArgumentsPerToken = true,
    }.RequireOneOf([.. Profiles.Names]);

    private static readonly Option<int> Rounds = new Option<int>("--rounds", "-n") { Description = "How often each thing is measured; GPU and CPU take turns.", DefaultValueFactory = _ => 5 }.RequireRange(1, 1000);

    private static readonly Option<int> Minutes = new Option<int>("--minutes") { Description = "What does not fit into so many minutes is left out, and the report says so.", DefaultValueFactory = _ => 60 }.RequireRange(1, 100_000);

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where to write the report as JSON, for 'bench plot'; written anew after each thing." };

    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "gpu",
            """
            Measure one GPU, with the CPU path of the same machine in turns, against the targets of the design.

            Measured are products in Fr and additions in G1 and G2 as the kernels do them; transforms, quotients and sums, these with uniform scalars, with
            nine of ten 0 or 1, and with all equal; loading a key, proofs and their stages, and proofs with 1, 2 and 4 in flight. Before a transform, a
            quotient or a sum is timed, both devices must come to the same result; each proof is verified. What the design has targets for comes first. What
            fails, or does not fit into the memory or the time, is named in the report with the reason, and the rest goes on; the exit code is 1 then if
            something failed. How long the first thing of a kind takes is not known before. Keys are kept in $PROVER_CACHE or the user's cache folder.
            Example: prover bench gpu --device gpu:0 --minutes 20 -o gpu.json
            Without a GPU: prover bench gpu --emulate --sizes 8 --profile dense --rounds 1 -o emulated.json
            """)
        {
            Device, Emulate, Sizes, ProfileNames, Rounds, Minutes, Output,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(terminal, parsed, cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.GetValue(Output);
        if (output is not null)
            Arguments.RequireOutputs([], output);

        var isEmulated = parsed.GetValue(Emulate);
        var device = parsed.GetRequiredValue(Device);
        if (isEmulated && parsed.GetResult(Device) is { Implicit: false })
            throw new UsageException($"--emulate takes no device; --device names {device}.");

        var options = new GpuBenchOptions(
            [.. parsed.GetRequiredValue(Sizes).Distinct().Order()],
            [.. parsed.GetRequiredValue(ProfileNames).Distinct()],
            parsed.GetRequiredValue(Rounds),
            TimeSpan.FromMinutes(parsed.GetRequiredValue(Minutes)),
            CacheFolder.Default.MakeFolder("bench"),
            isEmulated);
        Warn(terminal, isEmulated);
        GpuBenchReport? last = null;
        try
        {
            new GpuBench(options, log => isEmulated ? GpuBackend.CreateOnCpuAccelerator(log) : Devices.OpenGpu(device, log), terminal.Note)
                .Run(BenchRun.Version, Words(parsed), Save, cancellation);
        }
        finally
        {
            if (last is not null)
                Print(terminal, last);
        }

        Warn(terminal, isEmulated);
        return last is { Gaps: var gaps } && gaps.Any(gap => gap.HasFailed) ? ExitCode.NegativeVerdict : ExitCode.Success;

        void Save(GpuBenchReport report)
        {
            last = report;
            if (output is not null)
                GpuBenchReportFile.Write(output, report);
        }
    }

    private static void Warn(Terminal terminal, bool isEmulated)
    {
        if (isEmulated)
            terminal.Note("EMULATED: the kernels run on the processor, one thread after another. These numbers mean nothing; they say only that everything runs.");
    }

    private static void Print(Terminal terminal, GpuBenchReport report)
    {
        if (terminal.Json)
            terminal.WriteJson(report);
        else
            GpuBenchTables.Write(terminal, report);
    }

    /// <summary>The command that repeats the run.</summary>
    private static string Words(ParseResult parsed) =>
        $"prover bench gpu {(parsed.GetValue(Emulate) ? "--emulate" : $"--device {parsed.GetRequiredValue(Device)}")}"
        + $" --sizes {string.Join(' ', parsed.GetRequiredValue(Sizes))} --profile {string.Join(' ', parsed.GetRequiredValue(ProfileNames))}"
        + $" --rounds {parsed.GetRequiredValue(Rounds)} --minutes {parsed.GetRequiredValue(Minutes)}";

    private static Option<string> MakeDevice()
    {
        var option = new Option<string>("--device", "-d")
        {
            Description = "Which GPU: gpu (the first), gpu:0, gpu:1 and so on as 'prover doctor' lists them. A missing device is an error.",
            DefaultValueFactory = _ => "gpu:0",
        };
        option.Require(Devices.IsGpuName, "gpu", "gpu:N");
        return option;
    }
}
