using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Prover.Backends.Gpu;

/// <summary>The memory of one device, up to a limit, with a failure of its own when it runs out.</summary>
/// <param name="accelerator">The device.</param>
/// <param name="limit">How many bytes may be in use at a time.</param>
internal sealed class DeviceMemory(Accelerator accelerator, long limit)
{
    private readonly List<Action> _reclaim = [];
    private long _used;

    /// <summary>The device.</summary>
    public Accelerator Accelerator { get; } = accelerator;

    /// <summary>How many more bytes may be asked for.</summary>
    public long Free => limit - Interlocked.Read(ref _used);

    /// <summary>Has something called when memory runs out that frees what is kept only to be used again; before the memory is used.</summary>
    public void WhenShort(Action reclaim) => _reclaim.Add(reclaim);

    /// <summary>Memory for <paramref name="length"/> elements, which hold anything.</summary>
    /// <exception cref="DeviceMemoryException">There is not so much.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length)
        where T : unmanaged
    {
        if (TryAllocate<T>(length, out _) is { } buffer)
            return buffer;

        Reclaim();
        return TryAllocate<T>(length, out var cause) ?? throw Shortage(Bytes<T>(length), cause);
    }

    /// <summary>Gives memory back once nothing on the device can be using it any more. On a lost device nothing is.</summary>
    public void Release<T>(MemoryBuffer1D<T, Stride1D.Dense> buffer)
        where T : unmanaged
    {
        // What is not free yet must not be counted as free: others would ask for it.
        var bytes = buffer.LengthInBytes;
        LostDevice.Free(Accelerator.Synchronize);
        LostDevice.Free(buffer.Dispose);
        Interlocked.Add(ref _used, -bytes);
    }

    /// <summary>Frees what is kept only to be used again.</summary>
    public void Reclaim()
    {
        foreach (var reclaim in _reclaim)
        {
            reclaim();
        }
    }

    private MemoryBuffer1D<T, Stride1D.Dense>? TryAllocate<T>(long length, out Exception? cause)
        where T : unmanaged
    {
        cause = null;
        if (Interlocked.Add(ref _used, Bytes<T>(length)) <= limit)
        {
            try
            {
                return Accelerator.Allocate1D<T>(Math.Max(length, 1));
            }
            catch (Exception failure) when (failure is OutOfMemoryException or CudaException { Error: nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) })
            {
                cause = failure;
            }
        }

        Interlocked.Add(ref _used, -Bytes<T>(length));
        return null;
    }

    private static long Bytes<T>(long length)
        where T : unmanaged => Math.Max(length, 1) * Interop.SizeOf<T>();

    private DeviceMemoryException Shortage(long bytes, Exception? cause) => new(
        $"{Accelerator.Name} has no room for {(bytes + (1 << 20) - 1) >> 20:N0} MiB more: {Interlocked.Read(ref _used) >> 20:N0} of {limit >> 20:N0} MiB are in use.", cause!);
}
