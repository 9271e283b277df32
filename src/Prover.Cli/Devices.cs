using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Backends.Gpu;
using Prover.Pipeline;

namespace Prover.Cli;

/// <summary>The devices that this program can be told to use: the one place that knows every backend.</summary>
internal static partial class Devices
{
    /// <summary>What <see cref="Open"/> accepts, for people; N is a number.</summary>
    public static string[] Words => ["gpu", "gpu:N", "cpu", "reference", BackendSelection.Auto];

    /// <summary>Whether a word can name a device, be that there or not.</summary>
    public static bool IsName(string word) => Words.Except(["gpu:N"]).Contains(word) || NumberedGpu().IsMatch(word);

    /// <summary>Opens the devices of that name and says in one line which they are. What one of them gets wrong is computed on the CPU.</summary>
    /// <param name="name">A word that <see cref="IsName"/> accepts; "gpu" is every GPU, up to as many as are of use.</param>
    /// <param name="cpuPath">With which instructions the CPU computes; otherwise what the environment names or the best.</param>
    /// <param name="terminal">Where to say it.</param>
    /// <param name="atMost">How many devices are of use.</param>
    /// <param name="inFlight">How many proofs each device is to make at a time, if not as many as serve it best.</param>
    /// <exception cref="UsageException">A CPU path for another device.</exception>
    /// <exception cref="DeviceNotFoundException">It is not on this machine, or the CPU cannot take that path.</exception>
    public static DevicePool Open(string name, CpuPath? cpuPath, Terminal terminal, int atMost = 1, int? inFlight = null)
    {
        if (cpuPath is not null && name is not ("cpu" or BackendSelection.Auto))
            throw new UsageException($"--cpu-path is the CPU's; --device {name} does not compute there.");

        // A path that cannot be taken must not make "auto" pass over the CPU.
        if (!CpuPaths.IsSupported(cpuPath ??= CpuPaths.Choose()))
            throw new DeviceNotFoundException($"This machine cannot take the CPU path '{cpuPath}'.".ToLowerInvariant());

        var backends = new BackendSelection([.. Candidates(name, cpuPath, terminal.Note)]).CreateAll(name, atMost, terminal.Note);
        if (name != BackendSelection.Auto)
        {
            terminal.Note(string.Join("; ", backends.Select(backend => $"device {backend.Name}: {backend.Description}")));
        }

        return new(backends, backends[0] is CpuBackend ? null : () => new CpuBackend(Environment.ProcessorCount, cpuPath.Value), terminal.Note, inFlight);
    }

    /// <summary>Whether a word can name one GPU.</summary>
    public static bool IsGpuName(string word) => word == "gpu" || NumberedGpu().IsMatch(word);

    /// <summary>Opens one GPU and nothing else, for measurements.</summary>
    /// <param name="name">A word that <see cref="IsGpuName"/> accepts; "gpu" is the first.</param>
    /// <param name="log">Told when its memory is short.</param>
    /// <exception cref="DeviceNotFoundException">It is not on this machine.</exception>
    public static GpuBackend OpenGpu(string name, Action<string> log) =>
        new(NumberedGpu().Match(name) is { Success: true } gpu ? int.Parse(gpu.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) : 0, log);

    /// <summary>Tries every device.</summary>
    public static IReadOnlyList<DeviceCheck> CheckAll() => [.. Candidates(BackendSelection.Auto, cpuPath: null, log: null).Select(Check)];

    /// <summary>The devices that a name may stand for, the fastest first. GPUs are looked for only if it may be one of them, since that takes a while.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cpuPath">With which instructions the CPU computes.</param>
    /// <param name="log">Told by a GPU that its memory is short and work is cut into smaller pieces.</param>
    private static IEnumerable<BackendCandidate> Candidates(string name, CpuPath? cpuPath, Action<string>? log)
    {
        if (NumberedGpu().Match(name) is { Success: true } gpu)
            return [Gpu(int.Parse(gpu.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), log)];

        return
        [
            .. name is "gpu" or BackendSelection.Auto ? Gpus(log) : [],
            new("cpu", () => new CpuBackend(Environment.ProcessorCount, cpuPath ?? CpuPaths.Choose())),
            new("reference", () => new ReferenceBackend()),
        ];
    }

    /// <summary>All GPUs by number, or one without that says why there is none.</summary>
    private static IEnumerable<BackendCandidate> Gpus(Action<string>? log)
    {
        var count = 0;
        try
        {
            count = GpuBackend.Devices.Count;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A driver that fails when it is asked what there is fails again when a device is opened, and there the failure is told.
        }

        return count == 0 ? [new("gpu", () => new GpuBackend(0, log))] : Enumerable.Range(0, count).Select(number => Gpu(number, log));
    }

    private static BackendCandidate Gpu(int number, Action<string>? log) => new($"gpu:{number}", () => new GpuBackend(number, log));

    /// <summary>Tries one device.</summary>
    internal static DeviceCheck Check(BackendCandidate candidate)
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
            return new(candidate.Name, missing.WasFound ? DeviceState.Failed : DeviceState.Missing, missing.Message, watch.Elapsed);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A driver that fails in its own way is a finding, not the end of the examination.
            return new(candidate.Name, DeviceState.Failed, $"{failure.GetType().Name}: {failure.Message}", watch.Elapsed);
        }
    }

    [GeneratedRegex("^gpu:(?<number>0|[1-9][0-9]{0,3})$")]
    private static partial Regex NumberedGpu();
}
