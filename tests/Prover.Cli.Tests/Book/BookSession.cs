using System.Diagnostics;
using System.Text.RegularExpressions;
using Prover.Compiler;
using Prover.Language;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>
/// An empty folder in which the blocks of one page are tried in their order. A program whose first line is a comment with a file's name is kept
/// under that name for the commands behind it.
/// </summary>
internal sealed partial class BookSession : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string _root = Directory.CreateTempSubdirectory("prover-book-").FullName;
    private string _folder;

    public BookSession()
    {
        _folder = Directory.CreateDirectory(Path.Combine(_root, "page")).FullName;
        var bin = Directory.CreateDirectory(Path.Combine(_root, "bin")).FullName;
        var program = Path.Combine(bin, "prover");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Compiles a program and runs what stands in it: there must be a test or a property, and all must pass.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Accept(string source)
    {
        var report = RuleTestRunner.Run(Write(source));
        if (report.Diagnostics.Count > 0)
        {
            return DiagnosticRenderer.Render(report.Diagnostics);
        }

        string[] failures =
        [
            .. report.Tests.Where(test => !test.IsPassed).Select(test => $"{test.Test.Title}: {test.Failure}"),
            .. report.Properties.Where(property => !property.IsPassed).Select(property => $"{property.Property.Declaration.Title}: {property.Failure}"),
            .. report.Budgets.Where(budget => !budget.IsKept).Select(budget => $"the budget is passed: {budget.Constraints} rows"),
        ];
        return report.Tests.Count + report.Properties.Count == 0 ? "has neither a test nor a property"
            : failures.Length > 0 ? string.Join('\n', failures)
            : null;
    }

    /// <summary>What <c>prover check</c> finds in a program, or an empty text.</summary>
    public string Diagnose(string source)
    {
        var path = Write(source);
        return DiagnosticRenderer.Render(CircuitCompiler.Check(path)).Replace(Path.GetDirectoryName(path) + "/", "", StringComparison.Ordinal);
    }

    /// <summary>Runs a command in a shell, in the folder where the one before it ended.</summary>
    /// <returns>Its exit code, and its output and messages as a terminal shows them.</returns>
    public (int Code, string Output) Run(string command)
    {
        var end = Path.Combine(_root, "pwd");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec 2>&1\n{command}\ncode=$?; pwd >'{end}'; exit $code"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(_root, "bin")}:{Path.Combine(NodeTools.Modules, ".bin")}:{start.Environment["PATH"]}";
        start.Environment["NODE_PATH"] = NodeTools.Modules;
        start.Environment["PROVER_CACHE"] = Path.Combine(_root, "cache");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end within {Limit}");
        }

        _folder = File.Exists(end) ? File.ReadAllText(end).Trim() : _folder;
        return (process.ExitCode, output.GetAwaiter().GetResult());
    }

    /// <summary>Writes a text to the file that its first line names.</summary>
    /// <returns>Whether it names one.</returns>
    public bool Keep(string source)
    {
        if (!FileName().IsMatch(source))
        {
            return false;
        }

        Write(source);
        return true;
    }

    private string Write(string source)
    {
        var name = FileName().Match(source);
        var path = Path.Combine(_folder, name.Success ? name.Groups["name"].Value : "example.circuit").Replace('\\', '/');
        File.WriteAllText(path, source);
        return path;
    }

    [GeneratedRegex(@"^// (?<name>[\w-]+\.(?:circuit|js))\n")]
    private static partial Regex FileName();
}
