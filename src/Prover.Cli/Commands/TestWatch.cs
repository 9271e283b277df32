using Prover.Compiler;
using Prover.Language;

namespace Prover.Cli;

/// <summary>Runs tests again whenever a file changes that they depend on, directly or by imports.</summary>
/// <param name="terminal">Shows the reports.</param>
/// <param name="run">What to test.</param>
internal sealed class TestWatch(Terminal terminal, TestRun run)
{
    private readonly Dictionary<string, Verdict> _verdicts = new(StringComparer.Ordinal);

    /// <summary>Runs until it is cancelled.</summary>
    /// <returns>Success if every file passed when it was last tested, otherwise a negative verdict.</returns>
    /// <exception cref="UsageException">The filter accepts nothing at the start.</exception>
    /// <exception cref="IOException">A file cannot be read at the start; later that is a failure like any other.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var changes = new SourceChanges();
        try
        {
            var files = run.FindFiles();
            Array.ForEach(files, file => Follow(changes, file));
            var reports = run.Test(files, unreadable: null, cancellation);
            run.RequireMatch(files, reports);
            Report(reports);
            while (true)
            {
                terminal.Note($"watching {_verdicts.Count:N0} {(_verdicts.Count == 1 ? "file" : "files")} and what they import; Ctrl-C ends");
                TestAgain(changes, await changes.NextAsync(cancellation).ConfigureAwait(false), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return _verdicts.Values.All(verdict => verdict.IsPassed) ? ExitCode.Success : ExitCode.NegativeVerdict;
        }
    }

    private void TestAgain(SourceChanges changes, IReadOnlySet<string> changed, CancellationToken cancellation)
    {
        string[] files;
        try
        {
            files = run.FindFiles();
        }
        catch (IOException error)
        {
            // The last file of a folder is gone; the next one that appears is tested.
            terminal.Error(Failures.TryDescribe(error, out _, out var reason) ? reason : error.Message);
            files = [];
        }

        foreach (var gone in _verdicts.Keys.Except(files).ToList())
        {
            _verdicts.Remove(gone);
        }

        string[] stale = [.. files.Where(file =>
            !_verdicts.TryGetValue(file, out var verdict) || changed.Overlaps(verdict.Dependencies) || changed.Contains(SourceChanges.Anything))];
        if (stale.Length == 0)
        {
            return;
        }

        terminal.Clear();
        Array.ForEach(stale, file => Follow(changes, file));
        var concerning = changed.Where(path => stale.Any(file => _verdicts[file].Dependencies.Contains(path)));
        terminal.Note($"{DateTime.Now:HH:mm:ss} changed: {string.Join(", ", concerning.Select(Path.GetFileName).Order(StringComparer.Ordinal))}");
        Report(run.Test(stale, (_, reason) => terminal.Error(reason), cancellation));
        var failing = _verdicts.Where(pair => !pair.Value.IsPassed && !stale.Contains(pair.Key)).Select(pair => pair.Key).ToList();
        if (failing.Count > 0)
        {
            terminal.Note($"unchanged and still failing: {string.Join(", ", failing)}");
        }
    }

    /// <summary>Watches what a file depends on, before it is read to be tested, so that no change is missed in between.</summary>
    private void Follow(SourceChanges changes, string file)
    {
        foreach (var folder in run.Paths.Where(Directory.Exists))
        {
            changes.Watch(Path.GetFullPath(folder), withSubfolders: true);
        }

        HashSet<string> dependencies = new(StringComparer.Ordinal) { Path.GetFullPath(file) };
        try
        {
            dependencies.UnionWith(CircuitProgram.Load(file, []).Paths);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever tests it says so; here it matters only that its return is noticed.
        }

        if (CircuitLock.Find(file) is { } lockPath)
        {
            dependencies.Add(lockPath);
        }

        foreach (var folder in dependencies.Select(Path.GetDirectoryName).OfType<string>())
        {
            changes.Watch(folder, withSubfolders: false);
        }

        // Until it has been tested, it has not passed.
        _verdicts[file] = new(dependencies, IsPassed: false);
    }

    private void Report(List<FileTestReport> reports)
    {
        var drift = TestRun.FindDrift(reports);
        TestReport.Write(terminal, reports, run.Settings, drift);
        foreach (var report in reports)
        {
            _verdicts[report.Path] = _verdicts[report.Path] with { IsPassed = report.IsPassed && TestRun.FindDrift([report]).Count == 0 };
        }
    }

    /// <summary>How a file last fared.</summary>
    /// <param name="Dependencies">Full paths of everything that was read or looked for.</param>
    /// <param name="IsPassed">Whether there was nothing to complain about.</param>
    private sealed record Verdict(IReadOnlyCollection<string> Dependencies, bool IsPassed);
}
