using System.CommandLine;

namespace Prover.Cli;

/// <summary>Arguments that name files; reading them is the command's business, with the format's own errors.</summary>
internal static class Arguments
{
    /// <summary>A required path.</summary>
    public static Argument<string> Path(string name, string description) => new(name) { Description = description };

    /// <summary>Refuses, before long work, paths in folders that are not there.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    public static void RequireFolders(params ReadOnlySpan<string> outputs)
    {
        foreach (var path in outputs)
        {
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException($"{path}: there is no folder '{folder}' to write to.");
            }
        }
    }

    /// <summary>A required output option, "-o".</summary>
    public static Option<string> Output(string description) => new("--output", "-o") { Description = description, Required = true };
}
