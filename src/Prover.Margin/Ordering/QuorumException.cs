namespace Prover.Margin;

/// <summary>A batch lacks the signatures of the sequencers' quorum.</summary>
public sealed class QuorumException : Exception
{
    public QuorumException()
    {
    }

    public QuorumException(string message)
        : base(message)
    {
    }

    public QuorumException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
