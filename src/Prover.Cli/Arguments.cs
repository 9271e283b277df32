using System.CommandLine;

namespace Prover.Cli;

/// <summary>Arguments that name files; reading them is the command's business, with the format's own errors.</summary>
internal static class Arguments
{
    /// <summary>A required path.</summary>
    public static Argument<string> Path(string name, string description) => new(name) { Description = description };

    /// <summary>A required output option, "-o".</summary>
    public static Option<string> Output(string description) => new("--output", "-o") { Description = description, Required = true };
}
