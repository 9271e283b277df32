namespace Prover.Margin;

/// <summary>A batch file does not hold a batch: the message names the file, the place and the rule.</summary>
public sealed class BatchFileException : Exception
{
    public BatchFileException()
    {
    }

    public BatchFileException(string message)
        : base(message)
    {
    }

    public BatchFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
