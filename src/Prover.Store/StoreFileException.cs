namespace Prover.Store;

/// <summary>A file holds no state, or one that contradicts itself.</summary>
public sealed class StoreFileException : Exception
{
    public StoreFileException()
    {
    }

    public StoreFileException(string message)
        : base(message)
    {
    }

    public StoreFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
