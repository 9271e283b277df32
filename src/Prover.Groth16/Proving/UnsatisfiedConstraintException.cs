using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>The witness does not satisfy the circuit, so there is nothing to prove.</summary>
public sealed class UnsatisfiedConstraintException : Exception
{
    public UnsatisfiedConstraintException()
    {
    }

    public UnsatisfiedConstraintException(string message)
        : base(message)
    {
    }

    public UnsatisfiedConstraintException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Names the row that fails.</summary>
    public UnsatisfiedConstraintException(Violation violation)
        : base($"The witness violates {violation}.")
    {
        Violation = violation;
    }

    /// <summary>The first row that fails, with its values.</summary>
    public Violation? Violation { get; }
}
