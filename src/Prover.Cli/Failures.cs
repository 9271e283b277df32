using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Prover.Backends;
using Prover.Bench;
using Prover.Formats;
using Prover.Groth16;
using Prover.Margin;
using Prover.Pipeline;
using Prover.Store;
using Prover.Witness;

namespace Prover.Cli;

/// <summary>Turns the failures that a user can cause or meet into an exit code and one message. Anything else is a bug and keeps its stack trace.</summary>
internal static partial class Failures
{
    /// <summary>Whether the exception is an expected one.</summary>
    public static bool TryDescribe(Exception exception, out int code, [NotNullWhen(true)] out string? message)
    {
        if (exception is AggregateException { InnerExceptions: [var only] })
        {
            return TryDescribe(only, out code, out message);
        }

        (code, message) = exception switch
        {
            InvalidProofException or UnsatisfiedConstraintException or RefusedBatchException or RefusedEscapeException or QuorumException or ReplayDifferenceException or CompilationException => (ExitCode.NegativeVerdict, exception.Message),
            OperationCanceledException => (ExitCode.Cancelled, "cancelled"),
            UsageException or DeviceNotFoundException => (ExitCode.Usage, exception.Message),
            MalformedFileException or InputException or BatchFileException or StoreFileException or InvalidDataException => (ExitCode.BadFile, exception.Message),
            FileNotFoundException { FileName: { } path } => (ExitCode.BadFile, FolderMistake(path) ?? $"{path}: no such file"),
            UnauthorizedAccessException => (ExitCode.BadFile, FolderMistake(Quoted(exception.Message)) ?? $"{Quoted(exception.Message)}: permission denied"),
            DirectoryNotFoundException => (ExitCode.BadFile, Quoted(exception.Message) is { Length: > 0 } missing ? $"{missing}: no such file" : exception.Message),
            MismatchException or StoreMismatchException => (ExitCode.Mismatch, exception.Message),
            ProcessFailedException => (ExitCode.BadFile, exception.Message),
            HttpRequestException or DeviceLostException => (ExitCode.RetryableRemote, exception.Message),
            UnwritableOutputException or DeviceMemoryException => (ExitCode.OutOfResources, exception.Message),
            OutOfMemoryException => (ExitCode.OutOfResources, "out of memory"),
            IOException disk when IsDiskFull(disk) => (ExitCode.OutOfResources, TemporaryEnding().Replace(disk.Message, "")),
            IOException => (ExitCode.BadFile, exception.Message),
            _ => (0, null),
        };
        return message is not null;
    }

    private static string? FolderMistake(string path) => Directory.Exists(path) ? $"{path}: a folder; a file is expected" : null;

    // "Access to the path 'X' is denied." is all that the exception knows of its path.
    private static string Quoted(string message) => message.Split('\'') is [_, var path, ..] ? path : "";

    /// <summary>What a file that is being written is called behind the name that it will take.</summary>
    [GeneratedRegex(@"(\.\d+)?\.[0-9a-f]{32}\.partial")]
    private static partial Regex TemporaryEnding();

    // ENOSPC on Unix, ERROR_DISK_FULL on Windows.
    private static bool IsDiskFull(IOException exception) => (exception.HResult & 0xffff) is 28 or 112;
}
