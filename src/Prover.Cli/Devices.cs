using System.Diagnostics;
using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Backends.Gpu;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>The devices that this program can be told to use: the one place that knows every backend.</summary>
internal static class Devices
{
    /// <summary>Every name that <see cref="Open"/> accepts.</summary>
    public static string[] Names => [.. new BackendSelection(All(cpuPath: null)).Names];

    /// <summary>Opens the device of that name and says in one line which it is. What it gets wrong is computed on the CPU.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="cpuPath">With which instructions the CPU computes; otherwise what the environment names or the best.</param>
    /// <param name="terminal">Where to say it.</param>
    /// <param name="inFlight">How many proofs are to be made at a time, if not as many as serve the device best.</param>
    /// <exception cref="UsageException">A CPU path for another device.</exception>
    /// <exception cref="DeviceNotFoundException">It is not on this machine, or the CPU cannot take that path.</exception>
    public static DevicePool Open(string name, CpuPath? cpuPath, Terminal terminal, int? inFlight = null)
    {
        if (cpuPath is not null && name is not ("cpu" or BackendSelection.Auto))
            throw new UsageException($"--cpu-path is the CPU's; --device {name} does not compute there.");

        // A path that cannot be taken must not make "auto" pass over the CPU.
        if (!CpuPaths.IsSupported(cpuPath ??= CpuPaths.Choose()))
            throw new DeviceNotFoundException($"This machine cannot take the CPU path '{cpuPath}'.".ToLowerInvariant());

        var backend = new BackendSelection(All(cpuPath)).Create(name, terminal.Note);
        if (name != BackendSelection.Auto)
        {
            terminal.Note($"device {backend.Name}: {backend.Description}");
        }

        return new([backend], backend is CpuBackend ? null : () => new CpuBackend(), terminal.Note, inFlight);
    }

    /// <summary>Tries every device.</summary>
    public static IReadOnlyList<DeviceCheck> CheckAll() => [.. All(cpuPath: null).Select(Check)];

    /// <summary>The fastest first.</summary>
    private static BackendCandidate[] All(CpuPath? cpuPath) =>
    [
        new("gpu", () => new GpuBackend()),
        new("cpu", () => new CpuBackend(Environment.ProcessorCount, cpuPath ?? CpuPaths.Choose())),
        new("reference", () => new ReferenceBackend()),
    ];

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
