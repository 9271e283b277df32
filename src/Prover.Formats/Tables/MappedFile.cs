using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Prover.Formats;

/// <summary>A file whose pages are this process's memory, for reading only.</summary>
/// <remarks>
/// Unmapped when disposed of and only then, since spans do not keep it alive; memory that is pinned keeps the pages until it is unpinned. After disposal the
/// memory throws. A program that cuts the file short while it is mapped takes the pages away; this one never does, it replaces files by others, and
/// the open handle's lock keeps other .NET programs from opening the file for themselves.
/// </remarks>
internal sealed unsafe class MappedFile : IDisposable, IPinnable
{
    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private volatile bool _disposed;

    /// <param name="file">The file, which this object owns from now on.</param>
    /// <param name="length">Number of bytes to map, all of which the file has.</param>
    /// <exception cref="IOException">The file has fewer, or cannot be mapped.</exception>
    public MappedFile(FileStream file, long length)
    {
        _file = file;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        try
        {
            _view = _map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _map.Dispose();
            throw;
        }

        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
    }

    /// <summary>The file, whatever its name names by now.</summary>
    public SafeFileHandle Handle => _file.SafeFileHandle;

    /// <summary>A section as a list; its length and that it lies within the file are the caller's to know.</summary>
    public ReadOnlyMemory<T> Memory<T>(TablesSection section)
        where T : unmanaged => new Pages<T>(this, section.Offset, checked((int)(section.Length / Unsafe.SizeOf<T>()))).Memory;

    /// <inheritdoc/>
    public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException("Parts are pinned, not the file.");

    /// <inheritdoc/>
    public void Unpin() => _view.SafeMemoryMappedViewHandle.DangerousRelease();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
            _file.Dispose();
        }
    }

    private byte* At(long offset)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _start + offset;
    }

    private MemoryHandle Pin(long offset)
    {
        var held = false;
        _view.SafeMemoryMappedViewHandle.DangerousAddRef(ref held);
        return new MemoryHandle(_start + offset, pinnable: this);
    }

    /// <summary>Some of the file's pages as a list.</summary>
    private sealed class Pages<T>(MappedFile file, long offset, int count) : MemoryManager<T>
        where T : unmanaged
    {
        public override Span<T> GetSpan() => new(file.At(offset), count);

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)count, nameof(elementIndex));
            return file.Pin(offset + ((long)elementIndex * sizeof(T)));
        }

        public override void Unpin() => throw new NotSupportedException("The file counts its pins.");

        protected override void Dispose(bool disposing)
        {
        }
    }
}
