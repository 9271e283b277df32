using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Prover.Backends;

/// <summary>
/// Memory outside the collected heap that begins at a line of cache, in large pages if it is large and the system has them. Freed when disposed of and
/// only then: a span of it does not keep it alive.
/// </summary>
public sealed unsafe class AlignedMemory<T> : MemoryManager<T>
    where T : struct
{
    private const int CacheLine = 64;
    private const int LargePage = 1 << 21;

    private readonly int _length;
    private void* _start;

    /// <param name="length">Number of elements, not cleared.</param>
    public AlignedMemory(int length)
    {
        _length = length;
        var bytes = (nuint)length * (nuint)Unsafe.SizeOf<T>();
        var isLarge = bytes >= LargePage && OperatingSystem.IsLinux();
        _start = NativeMemory.AlignedAlloc(bytes, isLarge ? LargePage : (nuint)CacheLine);
        if (isLarge)
            LargePages.Advise(_start, bytes);
    }

    /// <summary>Whether memory begins at a line of cache; so does empty memory.</summary>
    public static bool IsAligned(ReadOnlySpan<T> memory) =>
        memory.IsEmpty || (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory)) % CacheLine == 0;

    /// <inheritdoc/>
    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        return new Span<T>(_start, _length);
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length, nameof(elementIndex));
        return new MemoryHandle(Unsafe.Add<T>(_start, elementIndex));
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
