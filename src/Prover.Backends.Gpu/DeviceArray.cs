using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Prover.Backends.Gpu;

/// <summary>Device memory for values whose bytes are the same on the host, grown when more is asked for.</summary>
/// <typeparam name="T">The device's element type.</typeparam>
internal sealed class DeviceArray<T>(Accelerator accelerator) : IDisposable
    where T : unmanaged
{
    private MemoryBuffer1D<T, Stride1D.Dense>? _buffer;

    /// <summary>The first <paramref name="length"/> places; what was there is lost if the memory had to grow.</summary>
    public ArrayView<T> Take(int length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            // Kernels that were launched before may still be using the memory.
            accelerator.Synchronize();
            _buffer?.Dispose();
            _buffer = accelerator.Allocate1D<T>(Math.Max(length, 1));
        }

        return _buffer.View.SubView(0, length);
    }

    /// <summary>Copies values to the device and returns where they are.</summary>
    public ArrayView<T> Write<THost>(ReadOnlySpan<THost> values)
        where THost : struct
    {
        var raw = MemoryMarshal.Cast<THost, T>(values);
        var view = Take(raw.Length);
        if (raw.Length > 0)
            view.CopyFromCPU(accelerator.DefaultStream, raw);

        return view;
    }

    /// <summary>Copies values back once everything that was launched before has ended.</summary>
    public void Read<THost>(Span<THost> values)
        where THost : struct
    {
        var raw = MemoryMarshal.Cast<THost, T>(values);
        if (raw.Length > 0)
            Take(raw.Length).CopyToCPU(accelerator.DefaultStream, raw);
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer?.Dispose();
}
