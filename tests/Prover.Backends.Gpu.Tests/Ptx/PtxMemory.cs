using System.Runtime.InteropServices;

namespace Prover.Backends.Gpu.Tests;

/// <summary>The global memory of an interpreted device: buffers 4 GiB apart, so that no wrong index reaches from one to the next.</summary>
internal sealed class PtxMemory
{
    private const ulong FirstBuffer = 0x7000_0000_0000;
    private const int Distance = 32;

    private readonly List<PtxRegion> _buffers = [];

    /// <summary>A buffer with these values.</summary>
    public PtxRegion Allocate<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        var buffer = AllocateUnwritten(name, bytes.Length);
        buffer.Write(0, bytes);
        return buffer;
    }

    /// <summary>A buffer that nobody may read before writing.</summary>
    public PtxRegion AllocateUnwritten(string name, int size)
    {
        var buffer = new PtxRegion(name, FirstBuffer + ((ulong)_buffers.Count << Distance), size);
        _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>The buffer that an address is meant for; null if there is none.</summary>
    public PtxRegion? At(ulong address)
    {
        var index = (address - FirstBuffer) >> Distance;
        return index < (ulong)_buffers.Count ? _buffers[(int)index] : null;
    }
}
