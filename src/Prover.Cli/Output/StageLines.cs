using System.Diagnostics;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>Progress for logs: a line when a stage starts and a line with its duration when it ends.</summary>
internal sealed class StageLines(Action<string> print) : IProgress<StageProgress>
{
    private readonly Dictionary<string, Stopwatch> _running = [];
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        lock (_gate)
        {
            if (!_running.TryGetValue(value.Stage, out var watch))
            {
                _running[value.Stage] = watch = Stopwatch.StartNew();
                if (value.Fraction < 1)
                {
                    print($"{value.Stage} …{Suffix(value.Detail)}");
                }
            }

            if (value.Fraction >= 1 && watch.IsRunning)
            {
                watch.Stop();
                print($"{value.Stage} {watch.Elapsed.TotalSeconds:0.00} s{Suffix(value.Detail)}");
            }
        }
    }

    private static string Suffix(string? detail) => detail is null ? "" : $" ({detail})";
}
