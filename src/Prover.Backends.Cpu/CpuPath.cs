using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu;

/// <summary>With which instructions the CPU backend computes.</summary>
public enum CpuPath
{
    /// <summary>C#, everywhere: in four lanes of AVX2 where the processor has them, otherwise on 64-bit integers.</summary>
    Portable,

    /// <summary>Rows, transforms and sums in machine code for AVX-512 IFMA, the rest portable. x86-64 under Linux.</summary>
    Ifma,
}

/// <summary>Chooses a path.</summary>
public static class CpuPaths
{
    /// <summary>The environment variable that names a path instead of the best one: "portable" or "ifma".</summary>
    public const string Variable = "PROVER_CPU_PATH";

    /// <summary>Whether this machine can take a path.</summary>
    public static bool IsSupported(CpuPath path) => path == CpuPath.Portable || IfmaSupport.IsSupported;

    /// <summary>Whether the environment names a path.</summary>
    public static bool IsNamedByEnvironment => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The path that the environment names, otherwise the best of this machine.</summary>
    /// <exception cref="DeviceNotFoundException">The name is unknown, or the machine cannot take that path.</exception>
    public static CpuPath Choose() => Choose(Environment.GetEnvironmentVariable(Variable));

    internal static CpuPath Choose(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return IsSupported(CpuPath.Ifma) ? CpuPath.Ifma : CpuPath.Portable;

        // Enum.TryParse would also take numbers.
        foreach (var path in Enum.GetValues<CpuPath>())
        {
            if (name.Equals($"{path}", StringComparison.OrdinalIgnoreCase) && IsSupported(path))
                return path;
        }

        throw new DeviceNotFoundException($"${Variable} is '{name}'; this machine can take: {string.Join(", ", Enum.GetValues<CpuPath>().Where(IsSupported)).ToLowerInvariant()}.");
    }
}
