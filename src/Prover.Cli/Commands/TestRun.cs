using Prover.Compiler;
using Prover.Language;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>Which circuit files to test, and which of their tests.</summary>
/// <param name="terminal">Shows progress.</param>
/// <param name="paths">Files, and folders that are searched for files.</param>
/// <param name="settings">With which inputs properties are tried.</param>
/// <param name="filter">Which tests; null for all.</param>
internal sealed class TestRun(Terminal terminal, string[] paths, PropertySettings settings, TestFilter? filter)
{
    /// <summary>How many names a filter that finds nothing is answered with.</summary>
    private const int MaximumSuggestions = 5;

    /// <summary>Files and folders as they were given.</summary>
    public string[] Paths => paths;

    /// <summary>With which inputs properties are tried.</summary>
    public PropertySettings Settings => settings;

    /// <summary>Whether some tests may be left out.</summary>
    public bool IsFiltered => filter is not null;

    /// <summary>The files there are now.</summary>
    /// <exception cref="FileNotFoundException">A folder holds none, so that a mistyped folder does not pass.</exception>
    public string[] FindFiles() => CircuitPaths.Files(paths);

    /// <summary>Tests files.</summary>
    /// <param name="files">Which.</param>
    /// <param name="unreadable">Gets a file that cannot be read, with the reason, instead of ending the run; null to end it.</param>
    /// <param name="cancellation">Checked between files.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public List<FileTestReport> Test(IReadOnlyList<string> files, Action<string, string>? unreadable, CancellationToken cancellation) =>
        terminal.WithProgress(progress =>
        {
            List<FileTestReport> reports = [];
            for (var i = 0; i < files.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(new StageProgress("test", (double)i / (files.Count + 1), files[i]));
                try
                {
                    reports.Add(Test(files[i]));
                }
                catch (Exception error) when (unreadable is not null && Failures.TryDescribe(error, out _, out var reason))
                {
                    unreadable(files[i], reason);
                }
            }

            progress.Report(new StageProgress("test", 1, $"{files.Count:N0} {(files.Count == 1 ? "file" : "files")}"));
            return reports;
        });

    /// <summary>Refuses a filter that has accepted nothing, since a mistyped one would pass.</summary>
    /// <exception cref="UsageException">It accepted nothing; the message lists the nearest names.</exception>
    public void RequireMatch(IReadOnlyList<string> files, List<FileTestReport> reports)
    {
        if (filter is null || reports.Exists(report => report.Diagnostics.Count > 0 || report.Tests.Count > 0 || report.Properties.Count > 0 || report.Budgets.Count > 0))
        {
            return;
        }

        var nearest = filter.Nearest(files.SelectMany(NamesIn), MaximumSuggestions);
        throw new UsageException(nearest.Count == 0
            ? $"no test matches '{filter.Text}': there are none."
            : $"no test matches '{filter.Text}'. Nearest: {string.Join(", ", nearest.Select(name => $"'{name}'"))}.");
    }

    /// <summary>What differs from the nearest circuits.lock of each file.</summary>
    public static List<string> FindDrift(IEnumerable<FileTestReport> reports) =>
    [
        .. from report in reports
           let lockPath = CircuitLock.Find(report.Path)
           where lockPath is not null
           from line in CircuitLock.Load(lockPath).FindDrift(report.Circuits)
           select line,
    ];

    private FileTestReport Test(string file)
    {
        var report = RuleTestRunner.Run(file, settings, filter);
        if (!report.IsPassed)
        {
            SourceText.Require(file);
        }

        return report;
    }

    private static IEnumerable<string> NamesIn(string file)
    {
        var root = CircuitProgram.Load(file, []).Root;
        return root.Tests.SelectMany(test => new[] { test.Title, test.Call.Name }).Concat(root.Properties.Select(property => property.Title)).Concat(root.Budgets.Select(budget => budget.Rule));
    }
}
