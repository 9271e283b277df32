using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Prover.Backends.Gpu.Ptx;

namespace Prover.Backends.Gpu;

/// <summary>
/// Looks for the devices that kernels can run on and numbers them: every CUDA device or, where there is none, every OpenCL GPU. The CPU accelerator is no
/// device and is never found.
/// </summary>
internal static class DeviceSearch
{
    private const string NoDevice = "no device that kernels can run on";

    private static readonly string[] CudaLibraries = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so"];

    private static readonly string[] OpenClLibraries =
        OperatingSystem.IsWindows() ? ["OpenCL.dll"] : OperatingSystem.IsMacOS() ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"] : ["libOpenCL.so.1", "libOpenCL.so"];

    /// <summary>A context with the device of a number.</summary>
    /// <exception cref="DeviceNotFoundException">There is none of that number, and then the message lists those that there are, or none at all, and it says what was looked for.</exception>
    public static (Context Context, Device Device) Find(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var (context, cuda, openCl) = Open();
        var devices = Gpus(context);
        if (number < devices.Count)
            return (context, devices[number]);

        var missing = devices.Count > 0
            ? NoSuchNumber(number, [.. devices.Select(device => device.Name)])
            : $"No GPU was found. {Describe("CUDA driver", CudaLibraries, cuda, NoDevice)} {Describe("OpenCL loader", OpenClLibraries, openCl, OpenClFindings(context))} Install the GPU's driver, or choose the device 'cpu'.";
        context.Dispose();
        throw new DeviceNotFoundException(missing);
    }

    /// <summary>The names of the devices, in the order of their numbers; none if there are none.</summary>
    public static IReadOnlyList<string> Names()
    {
        var (context, _, _) = Open();
        using (context)
            return [.. Gpus(context).Select(device => device.Name)];
    }

    /// <summary>What is said of a number that no device has.</summary>
    /// <param name="number">The number.</param>
    /// <param name="names">The devices that there are, one at least.</param>
    internal static string NoSuchNumber(int number, IReadOnlyList<string> names) =>
        $"There is no gpu:{number}; this machine has {string.Join(", ", names.Select((name, i) => $"gpu:{i} ({name})"))}.";

    /// <summary>A context with ILGPU's emulation of a device on the host's processor, for tests of the kernels.</summary>
    public static (Context Context, Device Device) CpuAccelerator()
    {
        var context = Context.Create(builder => builder.ForKernels().CPU(new CPUDevice(2, 2, 1)));
        return (context, context.Devices.OfType<CPUDevice>().First());
    }

    private static (Context Context, bool Cuda, bool OpenCl) Open()
    {
        DriverLibraries.MakeKnown();
        var (cuda, openCl) = (IsThere(CudaLibraries), IsThere(OpenClLibraries));
        var context = Context.Create(builder =>
        {
            builder.ForKernels();
            if (cuda)
                builder.Cuda();

            if (openCl)
                builder.OpenCL();
        });
        return (context, cuda, openCl);
    }

    // A CUDA device is often an OpenCL GPU as well, and must not be found twice.
    private static IReadOnlyList<Device> Gpus(Context context)
    {
        Device[] cuda = [.. context.Devices.OfType<CudaDevice>()];
        return cuda.Length > 0 ? cuda : [.. context.Devices.OfType<CLDevice>().Where(device => device.DeviceType == CLDeviceType.CL_DEVICE_TYPE_GPU)];
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
