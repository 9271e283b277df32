using System.CommandLine;
using Prover.Compiler;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary><c>test [PATH…] [--seed N] [--cases N] [--update-lock]</c>.</summary>
internal static class TestCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = Arguments.Paths("PATH", "Circuit files, or folders to search for them; 'circuits' if none is given.", ArgumentArity.ZeroOrMore);
        var update = new Option<bool>("--update-lock") { Description = "Accept hashes and sizes as they are now: write them to the nearest circuits.lock, or to a new one in the given folder." };
        var seed = new Option<int?>("--seed") { Description = "With which random inputs properties are tried: a number that an earlier run has printed. Another one each time if it is not given." };
        var cases = new Option<int>("--cases") { Description = "How many inputs each property is tried with, 1 to 1,000,000.", DefaultValueFactory = _ => PropertySettings.Default.Cases };
        cases.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000)
            {
                result.AddError("--cases takes a number from 1 to 1,000,000.");
            }
        });
        var command = new Command(
            "test",
            """
            Run the tests, try the properties and check the budgets that stand in circuit files.

            Files are checked as by 'check' first. Each test runs on exact integers, on the witness program, against the constraints, and against the constraints with single
            wires changed; all must agree. Each property is tried in the same ways with inputs at the edges of its types and random ones; the simplest found for which it
            does not hold are printed. Where a circuits.lock is found, circuits must be as pinned there.
            Example: prover test circuits/margin
            """)
        {
            paths, seed, cases, update,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(terminal, parsed.GetValue(paths) is { Length: > 0 } given ? given : ["circuits"], new(parsed.GetValue(seed) ?? Random.Shared.Next(1_000_000), parsed.GetValue(cases)), parsed.GetValue(update), cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, string[] paths, PropertySettings settings, bool updateLock, CancellationToken cancellation)
    {
        string[] files = [.. paths.SelectMany(FilesOf).Distinct(StringComparer.Ordinal)];
        var reports = terminal.WithProgress(progress => RunFiles(files, settings, progress, cancellation));
        var drift = updateLock ? [] : FindDrift(reports);
        TestReport.Write(terminal, reports, settings, drift);
        var passed = drift.Count == 0 && reports.All(report => report.IsPassed);
        if (updateLock)
        {
            if (!passed)
            {
                terminal.Error("The lock is not updated while tests fail.");
                return ExitCode.NegativeVerdict;
            }

            UpdateLocks(terminal, reports, paths[0]);
        }

        return passed ? ExitCode.Success : ExitCode.NegativeVerdict;
    }

    private static List<FileTestReport> RunFiles(string[] files, PropertySettings settings, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        List<FileTestReport> reports = [];
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(new StageProgress("test", (double)reports.Count / (files.Length + 1), file));
            reports.Add(RuleTestRunner.Run(file, settings));
            if (!reports[^1].IsPassed)
            {
                SourceText.Require(file);
            }
        }

        progress.Report(new StageProgress("test", 1, $"{files.Length:N0} {(files.Length == 1 ? "file" : "files")}"));
        return reports;
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? CircuitsIn(path)
        : [path];

    /// <exception cref="FileNotFoundException">There are none, so that a mistyped folder does not pass.</exception>
    private static string[] CircuitsIn(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.circuit", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new FileNotFoundException(null, Path.Combine(folder, "*.circuit"));
    }

    private static List<string> FindDrift(IEnumerable<FileTestReport> reports) =>
    [
        .. from report in reports
           let lockPath = CircuitLock.Find(report.Path)
           where lockPath is not null
           from line in CircuitLock.Load(lockPath).FindDrift(report.Circuits)
           select line,
    ];

    private static void UpdateLocks(Terminal terminal, IEnumerable<FileTestReport> reports, string firstPath)
    {
        var folder = Directory.Exists(firstPath) ? firstPath : Path.GetDirectoryName(Path.GetFullPath(firstPath))!;
        foreach (var group in reports.GroupBy(report => CircuitLock.Find(report.Path) ?? Path.Combine(folder, "circuits.lock")))
        {
            var circuits = group.SelectMany(report => report.Circuits).ToList();
            CircuitLock.Load(group.Key).Update(circuits);
            terminal.Note($"{group.Key}: {circuits.Count:N0} {(circuits.Count == 1 ? "circuit" : "circuits")} pinned");
        }
    }
}
