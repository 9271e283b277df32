using System.Runtime.InteropServices;

namespace Prover.Cli;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancellation, and ends the process at the next.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations = [];

    /// <param name="isWholeProcess">Whether the process is ours; a command that runs inside another program leaves its signals alone.</param>
    public Interruption(bool isWholeProcess)
    {
        if (isWholeProcess)
        {
            _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt)];
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            Environment.Exit(ExitCode.Cancelled);
        }

        _source.Cancel();
    }
}
