using System.CommandLine;
using Prover.Backends.Cpu;

namespace Prover.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Data as JSON on standard output; on every command.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print data as JSON on standard output.",
        Recursive = true,
    };

    /// <summary>Which backend computes.</summary>
    public static Option<string> Device { get; } = MakeDevice();

    /// <summary>With which instructions the CPU computes.</summary>
    public static Option<string> CpuPath { get; } = MakeCpuPath();

    /// <summary>Whether a key is to be read in full each time.</summary>
    public static Option<bool> NoTables { get; } = new("--no-tables")
    {
        Description = "Read the key in full, and neither use nor write KEY.zkey.tables beside it, from which it is loaded at once.",
    };

    /// <summary>Whose quorum must have signed a batch.</summary>
    public static Option<string?> Sequencers { get; } = new("--sequencers")
    {
        Description = "The file in which the sequencers' keys are registered: a batch that their quorum has not signed is refused.",
    };

    /// <summary>The CPU path that was named, if any.</summary>
    public static CpuPath? NamedCpuPath(ParseResult parsed) =>
        parsed.GetValue(CpuPath) is { } name ? Enum.Parse<CpuPath>(name, ignoreCase: true) : null;

    private static Option<string> MakeCpuPath()
    {
        var option = new Option<string>("--cpu-path")
        {
            Description = $"With which instructions the CPU computes: portable, or ifma (AVX-512 IFMA). Otherwise what ${CpuPaths.Variable} names, or the best that the machine can take.",
        };
        option.RequireOneOf([.. Enum.GetNames<CpuPath>().Select(name => name.ToLowerInvariant())]);
        return option;
    }

    private static Option<string> MakeDevice()
    {
        var option = new Option<string>("--device", "-d")
        {
            Description = "Which device proves: reference (slow, obvious), cpu, gpu (the first; every GPU if 'prove-all' has work for it), gpu:0, gpu:1 and so on as 'prover doctor' lists them, or auto (the fastest that passes its self-test). A missing device is an error.",
            DefaultValueFactory = _ => "auto",
        };
        option.Require(Devices.IsName, Devices.Words);
        return option;
    }
}
