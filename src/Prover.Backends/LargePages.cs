using System.Runtime.InteropServices;

namespace Prover.Backends;

/// <summary>Pages of 2 MB, of which random access misses fewer and the system clears more at a time.</summary>
internal static unsafe partial class LargePages
{
    private const int HugePage = 14;

    /// <summary>Asks Linux for large pages wherever whole ones fit, madvise(2). If it has none, nothing but speed is lost.</summary>
    public static void Advise(void* start, nuint bytes)
    {
        try
        {
            _ = Advise(start, bytes, HugePage);
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
