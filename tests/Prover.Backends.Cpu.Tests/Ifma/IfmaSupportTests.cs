using Prover.Backends.Cpu.Ifma;

namespace Prover.Backends.Cpu.Tests.Ifma;

/// <summary>Kernels must not be passed over unnoticed where the processor has them.</summary>
public sealed class IfmaSupportTests
{
    [Fact]
    public void Is_found_exactly_where_the_system_lists_its_flags()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lists the processor's flags in a file.");
        var flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        string[] needed = ["avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512ifma", "avx512_vbmi2"];
        Assert.Equal(needed.All(flags.Contains), IfmaSupport.IsSupported);
    }
}
