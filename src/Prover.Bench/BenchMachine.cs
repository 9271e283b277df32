using System.Runtime.InteropServices;

namespace Prover.Bench;

/// <summary>Looks at the machine.</summary>
public static class BenchMachine
{
    private const string ProcessorField = "model name";

    /// <summary>What there is.</summary>
    public static Machine Describe() => new(
        Processor(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string Processor()
    {
        const string processors = "/proc/cpuinfo";
        var line = File.Exists(processors)
            ? File.ReadLines(processors).FirstOrDefault(line => line.StartsWith(ProcessorField, StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[^1].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}";
    }
}
