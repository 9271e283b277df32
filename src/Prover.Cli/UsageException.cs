namespace Prover.Cli;

/// <summary>The command line asks for something that only a look at the files shows to be ambiguous or impossible.</summary>
public sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
