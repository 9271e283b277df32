using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Prover.Formats;

namespace Prover.Cli;

/// <summary>Arguments that name files; reading them is the command's business, with the format's own errors.</summary>
internal static class Arguments
{
    /// <summary>A required path.</summary>
    public static Argument<string> Path(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>Any number of paths.</summary>
    public static Argument<string[]> Paths(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = arity };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>A required place in a list, from 0.</summary>
    public static Argument<int> Index(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                result.AddError($"{name} takes whole numbers from 0, got '{result.Tokens[0].Value}'.");
            }

            return index;
        },
    };

    /// <summary>Refuses, before long work, results that cannot be written, and results that would overwrite an input or each other.</summary>
    /// <exception cref="IOException">A folder is missing or not writable.</exception>
    /// <exception cref="UsageException">Two of the files are one.</exception>
    public static void RequireOutputs(string[] inputs, params ReadOnlySpan<string> outputs)
    {
        var taken = inputs.Select(OutputFile.Resolve).ToHashSet(StringComparer.Ordinal);
        foreach (var path in outputs)
        {
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                throw new IOException($"{path}: there is no folder '{folder}' to write to.");
            }

            if (Directory.Exists(path))
            {
                throw new IOException($"{path}: a folder; a file is expected");
            }

            if (!taken.Add(OutputFile.Resolve(path)) && !path.StartsWith("/dev/", StringComparison.Ordinal))
            {
                throw new UsageException($"'{path}' is named twice: writing it would destroy another file of this command.");
            }

            OutputFile.Try(path);
        }
    }

    /// <summary>Refuses, before long work, a file that cannot be made because there is one, or because it cannot be written.</summary>
    /// <exception cref="IOException">There is one, or a folder is missing or not writable.</exception>
    public static void RequireNew(string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path}: there is a file already, which is not overwritten");
        }

        RequireOutputs([], path);
    }

    /// <summary>Refuses, before long work, a folder for results that can neither be written to nor made.</summary>
    /// <exception cref="IOException">It is a file, or permission is missing.</exception>
    public static void RequireOutputFolder(string folder)
    {
        if (File.Exists(folder))
        {
            throw new IOException($"{folder}: a file; a folder is expected");
        }

        var existing = System.IO.Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            existing = System.IO.Path.GetDirectoryName(existing)!;
        }

        try
        {
            Directory.Delete(Directory.CreateDirectory(System.IO.Path.Combine(existing, $"{Guid.NewGuid():N}.partial")).FullName);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException)
        {
            throw new IOException($"{folder}: cannot be written to, permission denied in '{existing}'", error);
        }
    }

    /// <summary>A misspelt option would otherwise be taken for the name of a file. A file of such a name can be given as "./-name".</summary>
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value is ['-', _, ..]))
        {
            result.AddError($"there is no option '{token.Value}'");
        }
    }

    /// <summary>A required output option, "-o".</summary>
    public static Option<string> Output(string description) => new("--output", "-o") { Description = description, Required = true };
}
