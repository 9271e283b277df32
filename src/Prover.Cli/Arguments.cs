using System.CommandLine;
using Prover.Formats;

namespace Prover.Cli;

/// <summary>Arguments that name files; reading them is the command's business, with the format's own errors.</summary>
internal static class Arguments
{
    /// <summary>A required path.</summary>
    public static Argument<string> Path(string name, string description) => new(name) { Description = description };

    /// <summary>Refuses, before long work, results in folders that are not there, and results that would overwrite an input or each other.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="UsageException">Two of the files are one.</exception>
    public static void RequireOutputs(string[] inputs, params ReadOnlySpan<string> outputs)
    {
        var taken = inputs.Select(OutputFile.Resolve).ToHashSet(StringComparer.Ordinal);
        foreach (var path in outputs)
        {
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException($"{path}: there is no folder '{folder}' to write to.");
            }

            if (Directory.Exists(path))
            {
                throw new IOException($"{path}: a folder; a file is expected");
            }

            if (!taken.Add(OutputFile.Resolve(path)) && !path.StartsWith("/dev/", StringComparison.Ordinal))
            {
                throw new UsageException($"'{path}' is named twice: writing it would destroy another file of this command.");
            }
        }
    }

    /// <summary>A required output option, "-o".</summary>
    public static Option<string> Output(string description) => new("--output", "-o") { Description = description, Required = true };
}
