using System.Globalization;

namespace Prover.Bench;

/// <summary>How much private memory a process has: resident pages that no file backs, so that a mapped key does not count.</summary>
/// <remarks>RssAnon of /proc/PID/status (proc(5)); other systems have no such figure and report nothing.</remarks>
internal static class PrivateMemory
{
    private const string Field = "RssAnon:";

    /// <summary>The figure in bytes, or 0 where there is none or the process has ended.</summary>
    public static long Of(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[Field.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Between two looks the process has ended, or this is no Linux.
            return 0;
        }
    }
}
