using System.Runtime.InteropServices;
using Prover.Backends.Cpu;

namespace Prover.Bench;

/// <summary>Looks at the machine.</summary>
public static class BenchMachine
{
    private const string Processors = "/proc/cpuinfo";

    /// <summary>What there is.</summary>
    public static Machine Describe() => new(
        Processor(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    /// <summary>Name, family and model, since clouds' names hide which generation a processor is, and whether it has what the fast path needs.</summary>
    private static string Processor()
    {
        var name = Field("model name") ?? $"{RuntimeInformation.ProcessArchitecture}";
        var model = Field("cpu family") is { } family ? $", family {family} model {Field("model")}" : "";
        return $"{name}{model}{(CpuPaths.IsSupported(CpuPath.Ifma) ? ", AVX-512 IFMA" : "")}";
    }

    /// <summary>A field of the first processor; null on systems that do not tell.</summary>
    private static string? Field(string name) => File.Exists(Processors)
        ? File.ReadLines(Processors).Select(line => line.Split(':', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == name)?[1].Trim()
        : null;
}
