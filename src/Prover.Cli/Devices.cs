using System.Diagnostics;
using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Backends.Gpu;

namespace Prover.Cli;

/// <summary>The devices that this program can be told to use: the one place that knows every backend.</summary>
internal static class Devices
{
    /// <summary>The fastest first.</summary>
    private static readonly BackendCandidate[] All =
    [
        new("gpu", () => new GpuBackend()),
        new("cpu", () => new CpuBackend()),
        new("reference", () => new ReferenceBackend()),
    ];

    /// <summary>Every name that <see cref="Open"/> accepts.</summary>
    public static string[] Names => [.. new BackendSelection(All).Names];

    /// <summary>Opens the device of that name and says in one line which it is.</summary>
    /// <exception cref="DeviceNotFoundException">It is not on this machine.</exception>
    public static IProverBackend Open(string name, Terminal terminal)
    {
        // A mistake in the environment must not make "auto" pass over the CPU.
        _ = CpuPaths.Choose();
        var backend = new BackendSelection(All).Create(name, terminal.Note);
        if (name != BackendSelection.Auto)
        {
            terminal.Note($"device {backend.Name}: {backend.Description}");
        }

        return backend;
    }

    /// <summary>Tries every device.</summary>
    public static IReadOnlyList<DeviceCheck> CheckAll() => [.. All.Select(Check)];

    private static DeviceCheck Check(BackendCandidate candidate)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var backend = candidate.Create();
            var result = BackendSelfTest.Run(backend);
            return new(candidate.Name, result.Passed ? DeviceState.Passed : DeviceState.Failed, result.Detail, watch.Elapsed);
        }
        catch (DeviceNotFoundException missing)
        {
            return new(candidate.Name, DeviceState.Missing, missing.Message, watch.Elapsed);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A driver that fails in its own way is a finding, not the end of the examination.
            return new(candidate.Name, DeviceState.Failed, $"{failure.GetType().Name}: {failure.Message}", watch.Elapsed);
        }
    }
}
