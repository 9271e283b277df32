using System.CommandLine;
using Prover.Compiler;

namespace Prover.Cli;

/// <summary><c>test [PATH…] [--filter TEXT] [--watch] [--seed N] [--cases N] [--update-lock]</c>.</summary>
internal static class TestCommand
{
    public static Command Create(Terminal terminal)
    {
        var paths = Arguments.Paths("PATH", "Circuit files, or folders to search for them; 'circuits' if none is given.", ArgumentArity.ZeroOrMore);
        var filter = new Option<string?>("--filter", "-f") { Description = "Run only tests and properties whose title or rule contains this text, such as \"margin\"; with * or ? it is a pattern for the whole, such as \"trade<1,*\"." };
        var watch = new Option<bool>("--watch", "-w") { Description = "Stay and run again what depends on a changed file, until Ctrl-C; the exit code is then 0 if everything passed when it last ran." };
        var update = new Option<bool>("--update-lock") { Description = "Accept hashes and sizes as they are now: write them to the nearest circuits.lock, or to a new one in the given folder." };
        var seed = new Option<int?>("--seed") { Description = "With which random inputs properties are tried: a number that an earlier run has printed. Another one each time if it is not given." }.RequireRange(int.MinValue, int.MaxValue);
        var cases = new Option<int>("--cases") { Description = "How many inputs each property is tried with, 1 to 1,000,000.", DefaultValueFactory = _ => PropertySettings.Default.Cases };
        cases.RequireRange(1, 1_000_000);
        var command = new Command(
            "test",
            """
            Run the tests, try the properties and check the budgets that stand in circuit files.

            Files are checked as by 'check' first. Each test runs on exact integers, on the witness program, against the constraints, and against the constraints with single
            wires changed; all must agree. Each property is tried in the same ways with inputs at the edges of its types and random ones; the simplest found for which it
            does not hold are printed. Where a circuits.lock is found, circuits must be as pinned there.
            Example: prover test circuits/margin
            Example: prover test circuits --filter "one short" --watch
            """)
        {
            paths, filter, watch, seed, cases, update,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(update) && (result.GetValue(watch) || result.GetValue(filter) is not null))
            {
                result.AddError("--update-lock pins circuits that passed all their tests; it goes with neither --filter nor --watch.");
            }

            if (result.GetValue(filter) is "")
            {
                result.AddError("--filter needs a text.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var run = new TestRun(
                terminal,
                parsed.GetValue(paths) is { Length: > 0 } given ? given : [CircuitPaths.Default],
                new(parsed.GetValue(seed) ?? Random.Shared.Next(1_000_000), parsed.GetValue(cases)),
                parsed.GetValue(filter) is { } text ? new TestFilter(text) : null);
            return parsed.GetValue(watch)
                ? Task.Run(() => new TestWatch(terminal, run).RunAsync(cancellation), CancellationToken.None)
                : Task.FromResult(Run(terminal, run, parsed.GetValue(update), cancellation));
        });
        return command;
    }

    private static int Run(Terminal terminal, TestRun run, bool updateLock, CancellationToken cancellation)
    {
        var files = run.FindFiles();
        var reports = run.Test(files, unreadable: null, cancellation);
        run.RequireMatch(files, reports);
        var drift = updateLock ? [] : TestRun.FindDrift(reports);
        TestReport.Write(terminal, reports, run.Settings, drift);
        var passed = drift.Count == 0 && reports.All(report => report.IsPassed);
        if (updateLock)
        {
            if (!passed)
            {
                terminal.Error("The lock is not updated while tests fail.");
                return ExitCode.NegativeVerdict;
            }

            UpdateLocks(terminal, reports, run);
        }

        return passed ? ExitCode.Success : ExitCode.NegativeVerdict;
    }

    private static void UpdateLocks(Terminal terminal, IEnumerable<FileTestReport> reports, TestRun run)
    {
        var firstPath = run.Paths[0];
        var folder = Directory.Exists(firstPath) ? firstPath : Path.GetDirectoryName(Path.GetFullPath(firstPath))!;
        foreach (var group in reports.GroupBy(report => CircuitLock.Find(report.Path) ?? Path.Combine(folder, "circuits.lock")))
        {
            var circuits = group.SelectMany(report => report.Circuits).ToList();
            CircuitLock.Load(group.Key).Update(circuits, areAll: !run.IsFiltered);
            terminal.Note($"{group.Key}: {circuits.Count:N0} {(circuits.Count == 1 ? "circuit" : "circuits")} pinned");
        }
    }
}
