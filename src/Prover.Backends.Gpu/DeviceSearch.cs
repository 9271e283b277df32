using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Prover.Backends.Gpu.Ptx;

namespace Prover.Backends.Gpu;

/// <summary>Looks for a device that kernels can run on: CUDA first, then OpenCL. The CPU accelerator is no device and is never found.</summary>
internal static class DeviceSearch
{
    private const string NoDevice = "no device that kernels can run on";

    private static readonly string[] CudaLibraries = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so"];

    private static readonly string[] OpenClLibraries =
        OperatingSystem.IsWindows() ? ["OpenCL.dll"] : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"] : ["libOpenCL.so.1", "libOpenCL.so"];

    /// <summary>A context with the device that was found.</summary>
    /// <exception cref="DeviceNotFoundException">There is none; the message says what was looked for.</exception>
    public static (Context Context, Device Device) Find()
    {
        var (cuda, openCl) = (IsThere(CudaLibraries), IsThere(OpenClLibraries));
        var context = Context.Create(builder =>
        {
            builder.ForKernels();
            if (cuda)
                builder.Cuda();

            if (openCl)
                builder.OpenCL();
        });
        if (context.Devices.OfType<CudaDevice>().FirstOrDefault() is { } cudaDevice)
            return (context, cudaDevice);

        if (context.Devices.OfType<CLDevice>().FirstOrDefault(device => device.DeviceType == CLDeviceType.CL_DEVICE_TYPE_GPU) is { } openClDevice)
            return (context, openClDevice);

        var findings = $"{Describe("CUDA driver", CudaLibraries, cuda, NoDevice)} {Describe("OpenCL loader", OpenClLibraries, openCl, OpenClFindings(context))}";
        context.Dispose();
        throw new DeviceNotFoundException($"No GPU was found. {findings} Install the GPU's driver, or choose the device 'cpu'.");
    }

    /// <summary>A context with ILGPU's emulation of a device on the host's processor, for tests of the kernels.</summary>
    public static (Context Context, Device Device) CpuAccelerator()
    {
        var context = Context.Create(builder => builder.ForKernels().CPU(CPUDeviceKind.Default));
        return (context, context.Devices.OfType<CPUDevice>().First());
    }

    private static bool IsThere(string[] libraries)
    {
        foreach (var library in libraries)
        {
            if (NativeLibrary.TryLoad(library, out var handle))
            {
                NativeLibrary.Free(handle);
                return true;
            }
        }

        return false;
    }

    private static string Describe(string what, string[] libraries, bool found, string instead) => found
        ? $"The {what} is installed but shows {instead}."
        : $"The {what} ({string.Join(" or ", libraries)}) is not installed.";

    private static string OpenClFindings(Context context)
    {
        var others = context.Devices.OfType<CLDevice>().Select(device => $"{device.Name} of platform {device.PlatformName}").ToArray();
        return others.Length == 0 ? NoDevice : $"no GPU, only {string.Join(", ", others)}";
    }
}
