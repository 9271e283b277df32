using System.ComponentModel;
using System.Diagnostics;

namespace Prover.Bench;

/// <summary>What a process took from its start to its end.</summary>
/// <param name="Seconds">Time on the clock.</param>
/// <param name="CpuSeconds">Processor time, of all its threads.</param>
/// <param name="PeakPrivateBytes">Private memory at its highest, looked at every few milliseconds.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Printed">What it printed, standard output first.</param>
public sealed record MeasuredProcess(double Seconds, double CpuSeconds, long PeakPrivateBytes, int ExitCode, string Printed)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(4);

    /// <summary>Runs a command that must succeed.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="ProcessFailedException">It did not start, or not end with exit code 0; the message has what it printed.</exception>
    public static MeasuredProcess Run(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var process = RunToEnd(command, cancellationToken);
        return process.ExitCode == 0
            ? process
            : throw new ProcessFailedException($"'{string.Join(' ', command)}' ended with exit code {process.ExitCode}: {process.Printed}");
    }

    /// <summary>Runs a command, whatever its exit code.</summary>
    /// <inheritdoc cref="Run" path="/param"/>
    /// <exception cref="ProcessFailedException">It did not start.</exception>
    public static MeasuredProcess RunToEnd(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        using var process = Start(command);
        using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var (peak, cpu) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(Look))
        {
            peak = Math.Max(peak, PrivateMemory.Of(process.Id));
            cpu = ProcessorTimeOf(process) ?? cpu;
        }

        var seconds = watch.Elapsed.TotalSeconds;
        cancellationToken.ThrowIfCancellationRequested();
        var printed = $"{output.GetAwaiter().GetResult()}{errors.GetAwaiter().GetResult()}".Trim();
        return new(seconds, cpu.TotalSeconds, peak, process.ExitCode, printed);
    }

    /// <summary>Null if the process has ended since it was last looked at.</summary>
    private static TimeSpan? ProcessorTimeOf(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception ended) when (ended is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start) ?? throw new ProcessFailedException($"'{command[0]}' did not start.");
        }
        catch (Win32Exception error)
        {
            throw new ProcessFailedException($"'{command[0]}' cannot be started: {error.Message}", error);
        }
    }
}
