using System.CommandLine;
using System.Text;
using Prover.Formats;
using Prover.Language;

namespace Prover.Cli;

/// <summary><c>fmt [PATH…] [--check] [--stdin]</c>.</summary>
internal static class FormatCommand
{
    private const string StandardInput = "stdin";

    public static Command Create(Terminal terminal, Func<Stream> input)
    {
        var paths = Arguments.Paths("PATH", "Circuit files, or folders to search for them; 'circuits' if none is given.", ArgumentArity.ZeroOrMore);
        var check = new Option<bool>("--check") { Description = "Write nothing; show what would change, and exit with code 1 if anything would." };
        var standardInput = new Option<bool>("--stdin") { Description = "Read one file from standard input and write it, formatted, to standard output." };
        var command = new Command(
            "fmt",
            """
            Lay circuit files out in the one style that all circuits share, and print the names of those that change.

            Indentation, spaces and blank lines are settled, comments are kept, and lines break where their author has broken them unless they are
            too long. Nothing else changes: the result is compared with the source, token by token, before it replaces it. A file that does not
            parse is left as it is, and what is wrong with it is reported; exit code 1 then.
            Example: prover fmt circuits --check
            """)
        {
            paths, check, standardInput,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(standardInput) && result.GetValue(paths) is { Length: > 0 })
            {
                result.AddError("--stdin reads standard input: no path can be given with it.");
            }
        });
        command.SetAction(parsed =>
        {
            var (isCheck, isPiped) = (parsed.GetValue(check), parsed.GetValue(standardInput));
            FormattedFile[] files = isPiped
                ? [FormattedFile.Of(SourceText.Read(StandardInput, input()))]
                : [.. CircuitPaths.Files(parsed.GetValue(paths) ?? []).Select(Read)];
            foreach (var file in files.Where(file => file.IsChanged && !isCheck && !isPiped))
            {
                Replace(file);
            }

            FormatReport.Write(terminal, files, isCheck, isPiped);
            return files.Any(file => file.Text is null || (isCheck && file.IsChanged)) ? ExitCode.NegativeVerdict : ExitCode.Success;
        });
        return command;
    }

    private static FormattedFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return FormattedFile.Of(SourceText.Read(path, stream));
    }

    /// <summary>Gives a file its new text at once: whoever reads it finds the old one or the new one.</summary>
    private static void Replace(FormattedFile file)
    {
        var path = file.Source.Path;
        using var output = new OutputFile(path);
        if (!OperatingSystem.IsWindows() && output.Stream is FileStream stream)
        {
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
        }

        output.Stream.Write(Encoding.UTF8.GetBytes(file.Text!));
        output.Complete();
    }
}
