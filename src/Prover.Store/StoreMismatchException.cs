namespace Prover.Store;

/// <summary>A state and what is brought to it are each in order and do not belong together.</summary>
public sealed class StoreMismatchException : Exception
{
    public StoreMismatchException()
    {
    }

    public StoreMismatchException(string message)
        : base(message)
    {
    }

    public StoreMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
