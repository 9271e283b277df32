using System.CommandLine;

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

    private static Option<string> MakeDevice()
    {
        var option = new Option<string>("--device", "-d")
        {
            Description = "Which device proves: reference (slow, obvious), cpu, gpu, or auto (the fastest that passes its self-test). A missing device is an error.",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong(Devices.Names);
        return option;
    }
}
