using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Prover.Backends.Gpu;

/// <summary>Opens a device that was found.</summary>
internal static class DeviceOpening
{
    /// <summary>From so many cores on, threads that wait for the device may spin: two proofs have up to ten of them.</summary>
    private const int CoresToSpin = 16;

    /// <summary>A device can be listed and yet refuse to be used, for instance when its driver does not fit the kernel's, or too old a one our kernels.</summary>
    public static Accelerator Open(Context context, Device device)
    {
        try
        {
            return device is CudaDevice cuda ? cuda.CreateCudaAccelerator(context, Waiting) : device.CreateAccelerator(context);
        }
        catch (AcceleratorException refusal)
        {
            context.Dispose();
            throw Unusable(device, refusal);
        }
    }

    /// <summary>What others have left of a device's memory, less a part for the driver: stacks of kernels, and room for launches.</summary>
    public static long FreeMemory(Accelerator accelerator) =>
        accelerator is CudaAccelerator cuda ? Math.Min(cuda.GetFreeMemory(), cuda.MemorySize) / 32 * 31 : accelerator.MemorySize;

    public static DeviceNotFoundException Unusable(Device device, AcceleratorException refusal) =>
        new($"The {device.AcceleratorType} device {device.Name} was found but cannot be used: {refusal.Message}", refusal) { WasFound = true };

    /// <summary>Spinning is quickest; on a small host it would keep cores from making witnesses.</summary>
    private static CudaAcceleratorFlags Waiting =>
        Environment.ProcessorCount >= CoresToSpin ? CudaAcceleratorFlags.ScheduleSpin : CudaAcceleratorFlags.ScheduleBlockingSync;
}
