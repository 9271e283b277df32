namespace Prover.Cli;

/// <summary>The exit codes that scripts may rely on.</summary>
public static class ExitCode
{
    /// <summary>Done, and the verdict, if any, is positive.</summary>
    public const int Success = 0;

    /// <summary>The question was answered with no: an invalid proof, a failed test, a refused transaction, a program with errors.</summary>
    public const int NegativeVerdict = 1;

    /// <summary>The command line is wrong, or names a device that is not there.</summary>
    public const int Usage = 2;

    /// <summary>A file is missing, unreadable or malformed.</summary>
    public const int BadFile = 3;

    /// <summary>A key does not belong to the circuit, or a file is of another version.</summary>
    public const int Mismatch = 4;

    /// <summary>A remote service failed, or a device while it computed; trying again may help.</summary>
    public const int RetryableRemote = 5;

    /// <summary>Memory, disk or device memory ran out.</summary>
    public const int OutOfResources = 6;

    /// <summary>Interrupted, as shells count it: 128 plus the number of SIGINT.</summary>
    public const int Cancelled = 130;
}
