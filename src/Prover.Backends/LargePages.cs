using System.Runtime.InteropServices;

namespace Prover.Backends;

/// <summary>A mapping of its own for large memory, in pages of 2 MB as far as Linux has them: random access misses fewer, and all of it is free again at once.</summary>
/// <remarks>Freed when disposed of and only then, since nobody who has an address keeps this alive.</remarks>
internal sealed unsafe partial class LargePages : IDisposable
{
    private const nuint PageBytes = 1 << 21;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int HugePage = 14;

    private readonly nuint _mapped;
    private void* _mapping;

    private LargePages(void* mapping, nuint mapped)
    {
        _mapping = mapping;
        _mapped = mapped;
        Start = (void*)(((nuint)mapping + PageBytes - 1) / PageBytes * PageBytes);
    }

    /// <summary>The first byte, at the beginning of a page.</summary>
    public void* Start { get; }

    /// <summary>Maps memory; null if it is less than a page, or another system's.</summary>
    /// <exception cref="InsufficientMemoryException">The system refuses.</exception>
    public static LargePages? TryMap(nuint bytes)
    {
        if (bytes < PageBytes || !OperatingSystem.IsLinux())
            return null;

        // What lies before and behind the pages is never touched, so that it takes addresses but no memory.
        var mapped = bytes + PageBytes;
        var mapping = Map(null, mapped, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)mapping == -1)
            throw new InsufficientMemoryException($"The system has no {bytes:N0} bytes of memory.");

        var pages = new LargePages(mapping, mapped);
        _ = Advise(pages.Start, bytes, HugePage);
        return pages;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_mapping is not null)
            _ = Unmap(_mapping, _mapped);

        _mapping = null;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* start, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
