namespace Prover.Groth16;

/// <summary>A proof just made did not pass its own check and was not handed out.</summary>
/// <remarks>
/// The witness does not satisfy the circuit, the proving key is damaged or belongs to another circuit, or the device computed wrongly.
/// </remarks>
public sealed class InvalidProofException : Exception
{
    public InvalidProofException()
    {
    }

    public InvalidProofException(string message)
        : base(message)
    {
    }

    public InvalidProofException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
