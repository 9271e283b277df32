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

    private readonly int _length;
    private readonly LargePages? _pages;
    private void* _start;

    /// <param name="length">Number of elements, not cleared.</param>
    /// <exception cref="OutOfMemoryException">The system has no memory for them.</exception>
    public AlignedMemory(int length)
    {
        _length = length;
        var bytes = (nuint)length * (nuint)Unsafe.SizeOf<T>();
        _pages = LargePages.TryMap(bytes);
        _start = _pages is null ? NativeMemory.AlignedAlloc(bytes, CacheLine) : _pages.Start;
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
        if (_pages is null)
            NativeMemory.AlignedFree(_start);
        else
            _pages.Dispose();

        _start = null;
    }
}
