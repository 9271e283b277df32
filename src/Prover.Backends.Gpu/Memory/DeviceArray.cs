using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;

namespace Prover.Backends.Gpu;

/// <summary>Device memory for values whose bytes are the same on the host, grown when more is asked for. For one stream at a time.</summary>
/// <typeparam name="T">The device's element type.</typeparam>
internal sealed class DeviceArray<T>(DeviceMemory memory) : IDisposable
    where T : unmanaged
{
    private MemoryBuffer1D<T, Stride1D.Dense>? _buffer;

    /// <summary>The first <paramref name="length"/> places; what was there is lost if the memory had to grow.</summary>
    /// <exception cref="DeviceMemoryException">There is not so much memory.</exception>
    public ArrayView<T> Take(long length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            Dispose();
            _buffer = memory.Allocate<T>(length);
        }

        return _buffer.View.SubView(0, length);
    }

    /// <summary>All places there are.</summary>
    public ArrayView<T> All => _buffer is null ? Take(1) : _buffer.View;

    /// <summary>Copies values to the device, in the order of the stream, and returns where they are.</summary>
    public ArrayView<T> Write<THost>(AcceleratorStream stream, ReadOnlySpan<THost> values)
        where THost : struct
    {
        var raw = MemoryMarshal.Cast<THost, T>(values);
        var view = Take(raw.Length);
        if (raw.Length > 0)
            view.CopyFromCPU(stream, raw);

        return view;
    }

    /// <summary>Frees the memory, once nothing that was launched before can be using it.</summary>
    public void Dispose()
    {
        if (_buffer is null)
            return;

        memory.Release(_buffer);
        _buffer = null;
    }
}

/// <summary>Copies from the device.</summary>
internal static class DeviceReading
{
    /// <summary>Copies values back once everything that was launched on the stream before has ended.</summary>
    public static void Read<T, THost>(this ArrayView<T> view, AcceleratorStream stream, Span<THost> values)
        where T : unmanaged
        where THost : struct
    {
        var raw = MemoryMarshal.Cast<THost, T>(values);
        if (raw.Length > 0)
            view.SubView(0, raw.Length).CopyToCPU(stream, raw);

        stream.Synchronize();
    }
}
