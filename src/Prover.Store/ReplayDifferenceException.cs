namespace Prover.Store;

/// <summary>Replaying a log does not give what is kept.</summary>
public sealed class ReplayDifferenceException : Exception
{
    public ReplayDifferenceException()
    {
    }

    public ReplayDifferenceException(string message)
        : base(message)
    {
    }

    public ReplayDifferenceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
