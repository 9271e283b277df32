namespace Prover.Cli;

/// <summary>Standard output takes no data: it is closed, or lies on a full disk.</summary>
public sealed class UnwritableOutputException : Exception
{
    public UnwritableOutputException()
    {
    }

    public UnwritableOutputException(string message)
        : base(message)
    {
    }

    public UnwritableOutputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
