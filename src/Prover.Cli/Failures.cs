using System.Diagnostics.CodeAnalysis;

namespace Prover.Cli;

/// <summary>Turns the failures that a user can cause or meet into an exit code and one message. Anything else is a bug and keeps its stack trace.</summary>
internal static class Failures
{
    /// <summary>Whether the exception is an expected one.</summary>
    public static bool TryDescribe(Exception exception, out int code, [NotNullWhen(true)] out string? message)
    {
        (code, message) = exception switch
        {
            FileNotFoundException missing => (ExitCode.BadFile, $"{missing.FileName ?? missing.Message}: no such file"),
            DirectoryNotFoundException missing => (ExitCode.BadFile, missing.Message),
            UnauthorizedAccessException denied => (ExitCode.BadFile, denied.Message),
            OperationCanceledException => (ExitCode.NegativeVerdict, "cancelled"),
            OutOfMemoryException => (ExitCode.OutOfResources, "out of memory"),
            IOException disk when IsDiskFull(disk) => (ExitCode.OutOfResources, disk.Message),
            IOException io => (ExitCode.BadFile, io.Message),
            _ => (0, null),
        };
        return message is not null;
    }

    // ENOSPC on Unix, ERROR_DISK_FULL on Windows.
    private static bool IsDiskFull(IOException exception) => (exception.HResult & 0xffff) is 28 or 112;
}
