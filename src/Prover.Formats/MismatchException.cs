namespace Prover.Formats;

/// <summary>Two artefacts that are each in order do not belong together.</summary>
public sealed class MismatchException : Exception
{
    public MismatchException()
    {
    }

    public MismatchException(string message)
        : base(message)
    {
    }

    public MismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
