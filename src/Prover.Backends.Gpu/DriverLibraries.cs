using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace Prover.Backends.Gpu;

/// <summary>Finds drivers under the names that they are installed by.</summary>
/// <remarks>
/// ILGPU asks for "cuda" and "OpenCL", thus for libcuda.so and libOpenCL.so, which belong to packages for development; drivers, and containers that are given a
/// GPU, often have libcuda.so.1 and libOpenCL.so.1 alone.
/// </remarks>
internal static class DriverLibraries
{
    private static readonly Lazy<bool> Resolver = new(() =>
    {
        // Under WSL, ILGPU looks for the host's driver by itself, and an assembly can have only one resolver.
        if (OperatingSystem.IsLinux() && !IsWsl())
            NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);

        return true;
    });

    /// <summary>Makes ILGPU find them; to be called before it looks.</summary>
    public static void MakeKnown() => _ = Resolver.Value;

    /// <summary>The library, if it is there under its versioned name alone; otherwise none, and the usual search goes on.</summary>
    internal static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (NativeLibrary.TryLoad(name, assembly, path, out var usual))
            return usual;

        return name is "cuda" or "OpenCL" && NativeLibrary.TryLoad($"lib{name}.so.1", out var versioned) ? versioned : 0;
    }

    private static bool IsWsl() => File.Exists("/proc/version") && File.ReadAllText("/proc/version").Contains("microsoft", StringComparison.OrdinalIgnoreCase);
}
