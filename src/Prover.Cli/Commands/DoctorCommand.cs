using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Prover.Backends.Cpu;
using Spectre.Console;

namespace Prover.Cli;

/// <summary><c>doctor</c>: what this machine offers, and whether each device computes rightly.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "doctor",
            """
            Show what this machine offers, and test every device against laws that need no reference.

            Every GPU is tested by itself and listed under the name that --device takes: gpu:0, gpu:1 and so on. A missing GPU is no failure; a device that
            is there and cannot be used, or that computes wrongly, is, with exit code 1.
            Example: prover doctor --json
            """);
        command.SetAction(_ => Run(terminal));
        return command;
    }

    private static int Run(Terminal terminal)
    {
        CpuPaths.Choose(); // A name that is none is the user's mistake, not a device that is missing.
        var devices = terminal.WithProgress(progress =>
        {
            progress.Report(new("self-tests", 0));
            var results = Devices.CheckAll();
            progress.Report(new("self-tests", 1));
            return results;
        });
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string[] instructionSets = [.. InstructionSets()];
        terminal.WriteReport(
            "machine",
            new
            {
                system = RuntimeInformation.OSDescription,
                architecture = $"{RuntimeInformation.ProcessArchitecture}",
                runtime = RuntimeInformation.FrameworkDescription,
                cores = Environment.ProcessorCount,
                memoryBytes = memory,
                instructionSets,
                devices = devices.Select(device => new
                {
                    device.Name,
                    state = Word(device.State),
                    device.Description,
                    milliseconds = device.Elapsed.TotalMilliseconds,
                }),
            },
            [
                ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
                ("runtime", RuntimeInformation.FrameworkDescription),
                ("cores", $"{Environment.ProcessorCount}"),
                ("memory", $"{memory >> 20:N0} MiB"),
                ("instruction sets", instructionSets.Length > 0 ? string.Join(", ", instructionSets) : "none of those that matter here"),
            ]);
        if (!terminal.Json)
        {
            WriteDevices(terminal, devices);
        }

        return devices.Any(device => device.State == DeviceState.Failed) ? ExitCode.NegativeVerdict : ExitCode.Success;
    }

    private static void WriteDevices(Terminal terminal, IEnumerable<DeviceCheck> devices)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("device", "self-test", "time", "description");
        foreach (var device in devices)
        {
            table.AddRow(device.Name, Word(device.State), $"{device.Elapsed.TotalSeconds:0.00} s", Markup.Escape(device.Description));
        }

        terminal.WriteTable(table);
    }

    private static string Word(DeviceState state) => state switch
    {
        DeviceState.Passed => "passed",
        DeviceState.Failed => "FAILED",
        _ => "not found",
    };

    private static IEnumerable<string> InstructionSets()
    {
        (string Name, bool IsThere)[] known =
        [
            ("ADX", X86Base.IsSupported && HasAdx()),
            ("BMI2", Bmi2.X64.IsSupported),
            ("AVX2", Avx2.IsSupported),
            ("AVX-512F", Avx512F.IsSupported),
            ("AVX-512 IFMA", X86Base.IsSupported && HasIfma()),
            ("AdvSimd", AdvSimd.IsSupported),
        ];
        return known.Where(set => set.IsThere).Select(set => set.Name);
    }

    // Intel SDM vol. 2A, CPUID leaf 7, sub-leaf 0: EBX bit 19 is ADX, bit 21 is AVX512_IFMA.
    private static bool HasAdx() => (X86Base.CpuId(7, 0).Ebx & (1 << 19)) != 0;

    private static bool HasIfma() => Avx512F.IsSupported && (X86Base.CpuId(7, 0).Ebx & (1 << 21)) != 0;
}
