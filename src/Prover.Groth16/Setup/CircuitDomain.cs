using Prover.Algebra;
using Prover.Constraints;

namespace Prover.Groth16;

/// <summary>How large an evaluation domain a circuit needs.</summary>
public static class CircuitDomain
{
    /// <summary>
    /// The smallest domain of at least two points that holds the circuit's rows and one row for the constant and each public wire.
    /// </summary>
    /// <remarks>snarkjs, zkey_new.js: the logarithm is ⌊log₂(rows + public wires)⌋ + 1.</remarks>
    /// <exception cref="ArgumentException">The circuit needs more points than the field has domains for.</exception>
    public static EvaluationDomain Of(R1cs circuit)
    {
        var rows = (long)circuit.ConstraintCount + circuit.PublicCount + 1;
        return rows <= 1 << EvaluationDomain.MaximumLogSize
            ? EvaluationDomain.OfAtLeast(Math.Max(2, (int)rows))
            : throw new ArgumentException(
                $"The circuit's {circuit.ConstraintCount:N0} rows and {circuit.PublicCount + 1:N0} public ones exceed the largest domain, 2^{EvaluationDomain.MaximumLogSize} points.",
                nameof(circuit));
    }
}
