using System.Runtime.Intrinsics.X86;

namespace Prover.Backends.Cpu.Ifma;

/// <summary>Whether this processor and operating system run the kernels of this folder.</summary>
internal static class IfmaSupport
{
    private const int IfmaBit = 21;        // CPUID 7, EBX: AVX512_IFMA
    private const int Vbmi2Bit = 6;        // CPUID 7, ECX: AVX512_VBMI2, for VPSHRDQ

    /// <summary>
    /// AVX-512 with F, BW, DQ, VL (which .NET has found enabled by the operating system), IFMA and VBMI2, on a system whose calling
    /// convention the kernels' entry knows.
    /// </summary>
    public static bool IsSupported { get; } = Detect();

    private static bool Detect()
    {
        if (!Avx512F.IsSupported || !Avx512F.VL.IsSupported || !Avx512BW.IsSupported || !Avx512DQ.IsSupported || !OperatingSystem.IsLinux())
            return false;

        var (_, ebx, ecx, _) = X86Base.CpuId(7, 0);
        return (ebx >> IfmaBit & 1) != 0 && (ecx >> Vbmi2Bit & 1) != 0;
    }
}
