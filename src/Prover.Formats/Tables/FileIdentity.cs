using System.Runtime.InteropServices;

namespace Prover.Formats;

/// <summary>By what a file is recognised without reading it. Whoever changes a file changes one of these.</summary>
/// <param name="Length">Number of bytes.</param>
/// <param name="Modified">When the contents changed last, in ticks of 100 ns (UTC). Anybody may set it back.</param>
/// <param name="Changed">When contents, name or rights changed last, likewise; nobody can set it. 0 where the system does not tell.</param>
/// <param name="Inode">The file's number in its file system; 0 where the system does not tell.</param>
internal readonly partial record struct FileIdentity(long Length, long Modified, long Changed, ulong Inode)
{
    /// <summary>Two changes this far apart have different times: kernels stamp files by a clock that ticks every 1 to 16 ms.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(50);

    /// <summary>The same, for file systems that keep whole seconds (or, as FAT does, even ones).</summary>
    private static readonly TimeSpan CoarseResolution = TimeSpan.FromSeconds(2);

    /// <summary>A file's identity; null if there is no such regular file.</summary>
    public static FileIdentity? Of(string path)
    {
        if (OperatingSystem.IsLinux() && LinuxStatus(path, out var status))
        {
            return status.IsRegular ? new((long)status.Size, Ticks(status.Modified), Ticks(status.Changed), status.Inode) : null;
        }

        var file = new FileInfo(OutputFile.Resolve(path));
        return file.Exists && (file.Attributes & FileAttributes.Device) == 0 ? new(file.Length, file.LastWriteTimeUtc.Ticks, 0, 0) : null;
    }

    /// <summary>
    /// Waits for a moment after which a change is sure to change the identity. Without it a file that is written, read and written again within one
    /// tick of the file system's clock would look the same both times.
    /// </summary>
    /// <returns>False if the moment is too far off: whole seconds, or a clock that is ahead of this one's.</returns>
    public bool WaitUntilSettled()
    {
        var latest = Math.Max(Modified, Changed);
        var resolution = latest % TimeSpan.TicksPerSecond == 0 ? CoarseResolution : Resolution;
        var missing = resolution - (DateTime.UtcNow - new DateTime(latest, DateTimeKind.Utc));
        if (missing > Resolution)
        {
            return false;
        }

        if (missing > TimeSpan.Zero)
        {
            Thread.Sleep(missing + TimeSpan.FromMilliseconds(1));
        }

        return true;
    }

    private static long Ticks(StatusTime time) => DateTime.UnixEpoch.Ticks + (time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>statx(2) of the C library, whose structure is the same on every architecture; false where the library or the kernel lacks it.</summary>
    /// <param name="status">All zero if there is no such file.</param>
    private static bool LinuxStatus(string path, out FileStatus status)
    {
        const int currentFolder = -100;
        const uint basicStatus = 0x7ff;
        const int notImplemented = 38;
        try
        {
            return Statx(currentFolder, path, 0, basicStatus, out status) == 0 || Marshal.GetLastPInvokeError() != notImplemented;
        }
        catch (EntryPointNotFoundException)
        {
            status = default;
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out FileStatus status);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct StatusTime
    {
        public readonly long Seconds;
        public readonly uint Nanoseconds;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct FileStatus
    {
        private const int TypeMask = 0xf000;
        private const int RegularFile = 0x8000;

        [FieldOffset(28)]
        private readonly ushort _mode;

        [FieldOffset(32)]
        public readonly ulong Inode;

        [FieldOffset(40)]
        public readonly ulong Size;

        [FieldOffset(96)]
        public readonly StatusTime Changed;

        [FieldOffset(112)]
        public readonly StatusTime Modified;

        public bool IsRegular => (_mode & TypeMask) == RegularFile;
    }
}
