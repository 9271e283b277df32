using System.Diagnostics;

namespace Prover.Bench;

/// <summary>What a process took from its start to its end.</summary>
/// <param name="Seconds">Time on the clock.</param>
/// <param name="CpuSeconds">Processor time, of all its threads.</param>
/// <param name="PeakPrivateBytes">Private memory at its highest, looked at every few milliseconds.</param>
public sealed record MeasuredProcess(double Seconds, double CpuSeconds, long PeakPrivateBytes)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(4);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="ProcessFailedException">It did not start, or did not end with exit code 0; the message has what it printed.</exception>
    public static MeasuredProcess Run(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        using var process = Start(start);
        using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var (peak, cpu) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(Look))
        {
            peak = Math.Max(peak, PrivateMemory.Of(process.Id));
            cpu = process.HasExited ? cpu : process.TotalProcessorTime;
        }

        var seconds = watch.Elapsed.TotalSeconds;
        cancellationToken.ThrowIfCancellationRequested();
        var printed = $"{output.GetAwaiter().GetResult()}{errors.GetAwaiter().GetResult()}".Trim();
        return process.ExitCode == 0
            ? new(seconds, cpu.TotalSeconds, peak)
            : throw new ProcessFailedException($"'{string.Join(' ', command)}' ended with exit code {process.ExitCode}: {printed}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new ProcessFailedException($"'{start.FileName}' did not start.");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new ProcessFailedException($"'{start.FileName}' cannot be started: {missing.Message}", missing);
        }
    }
}
