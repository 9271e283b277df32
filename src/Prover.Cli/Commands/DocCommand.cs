using System.CommandLine;
using Prover.Compiler;
using Prover.Formats;
using Prover.Language;

namespace Prover.Cli;

/// <summary><c>doc FILE|FOLDER [-o FILE.md]</c>.</summary>
internal static class DocCommand
{
    public static Command Create(Terminal terminal)
    {
        var path = Arguments.Path("PATH", "A circuit file, or a folder to search for them.");
        var output = new Option<string?>("--output", "-o") { Description = "Where to write the Markdown; standard output otherwise." };
        var command = new Command(
            "doc",
            """
            Write Markdown about circuit files from what stands in them.

            Comments, constants, types with their ranges in scale, structs, functions, rules with what they require, their tests, and their budgets beside
            today's rows. The comment at the beginning of a file is about the file, the lines just above a declaration are about it. Equal files give
            equal documents, so that a document can be checked in.
            Example: prover doc circuits/margin/risk.circuit -o risk.md
            """)
        {
            path, output,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(path), parsed.GetValue(output)));
        return command;
    }

    private static int Run(Terminal terminal, string path, string? output)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*.circuit", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [path];
        if (files.Length == 0)
        {
            throw new FileNotFoundException(null, Path.Combine(path, "*.circuit"));
        }

        if (output is not null)
        {
            Arguments.RequireOutputs(files, output);
        }

        List<Diagnostic> diagnostics = [];
        List<string> documents = [];
        foreach (var file in files)
        {
            List<Diagnostic> found = [];
            var program = CircuitProgram.Load(file, found);
            if (found.Count == 0)
            {
                found.AddRange(CircuitCompiler.Check(program));
            }

            if (found.Count == 0)
            {
                documents.Add(ModuleDocument.Write(program, TitleOf(path, file)));
            }
            else
            {
                SourceText.Require(file);
                diagnostics.AddRange(found);
            }
        }

        if (diagnostics.Count > 0)
        {
            DiagnosticReport.Write(terminal, Diagnostic.InOrder(diagnostics));
            return ExitCode.NegativeVerdict;
        }

        Write(terminal, output, string.Join('\n', documents), files);
        return ExitCode.Success;
    }

    private static void Write(Terminal terminal, string? output, string text, string[] files)
    {
        if (output is not null)
        {
            OutputFile.Write(output, text);
            terminal.Note($"{output}: {files.Length:N0} {(files.Length == 1 ? "file" : "files")}");
        }

        if (terminal.Json)
        {
            terminal.WriteJson(new { files, markdown = text });
        }
        else if (output is null)
        {
            terminal.Write(text.TrimEnd('\n'));
        }
    }

    /// <summary>A file's name, or its path within the folder; never where that folder lies, which differs from machine to machine.</summary>
    private static string TitleOf(string path, string file) =>
        Directory.Exists(path) ? Path.GetRelativePath(path, file).Replace('\\', '/') : Path.GetFileName(file);
}
