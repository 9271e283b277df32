using Prover.Backends.Cpu;
using Prover.Backends.Gpu;

namespace Prover.Bench;

/// <summary>The two backends that are measured in turns; the GPU is opened anew after it was lost.</summary>
/// <param name="open">Opens the GPU.</param>
/// <param name="note">Told what goes wrong when a lost device is closed.</param>
internal sealed class GpuSession(Func<GpuBackend> open, Action<string> note) : IDisposable
{
    private GpuBackend? _gpu;
    private GpuMeasurements? _measurements;

    /// <summary>The device.</summary>
    public GpuBackend Gpu => _gpu ??= open();

    /// <summary>Its kernels.</summary>
    public GpuMeasurements Measurements => _measurements ??= new(Gpu);

    /// <summary>All cores of the machine, by the path that serves them best.</summary>
    public CpuBackend Cpu { get; } = new();

    /// <summary>Has the device opened anew when it is needed again.</summary>
    public void Close()
    {
        (var lost, _gpu, _measurements) = (_gpu, null, null);
        try
        {
            lost?.Dispose();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever a driver says of a device that it has lost, the next measurement finds out whether it can be opened.
            note($"the device could not be closed: {failure.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gpu?.Dispose();
        Cpu.Dispose();
    }
}
