using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Prover.Cli;

/// <summary>Asks a command to stop when a person or the system interrupts it, and ends the process if it is interrupted again or does not stop.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>For how long a command may put things in order that has any.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>A signal sent to a process and to its group arrives twice and is meant once.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source = new();
    private readonly TimeSpan _patience;
    private readonly Timer _end = new(_ => Environment.Exit(ExitCode.Cancelled));
    private readonly PosixSignalRegistration[] _registrations;
    private long? _first;

    /// <summary>Listens from now on.</summary>
    /// <param name="isWholeProcess">Whether the process is ours; a command that runs inside another program leaves its signals alone.</param>
    /// <param name="hasOrderToMake">Whether the command looks at the token; otherwise the first signal ends it.</param>
    public Interruption(bool isWholeProcess, bool hasOrderToMake)
    {
        _patience = hasOrderToMake ? Longest : TimeSpan.Zero;
        _registrations = isWholeProcess
            ? [PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive)]
            : [];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Leaves signals to the system again, unless one has come: the process is ending, and another must not end it with the system's exit code.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var registration in _first is null ? _registrations : [])
            {
                registration.Dispose();
            }

            _end.Dispose();
        }
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (_first is { } first)
            {
                if (Stopwatch.GetElapsedTime(first) > Echo)
                    Environment.Exit(ExitCode.Cancelled);
                return;
            }

            _first = Stopwatch.GetTimestamp();
            _end.Change(_patience, Timeout.InfiniteTimeSpan);
        }

        _source.Cancel();
    }
}
