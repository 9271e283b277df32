using Prover.Constraints;

namespace Prover.Witness;

/// <summary>The rows that hold up a requirement which inputs do not meet.</summary>
/// <param name="First">The first row, from 0.</param>
/// <param name="Last">The last row.</param>
public sealed record FailedRows(int First, int Last)
{
    /// <summary>
    /// The rows around the first violated one that come from the requirement's place; rounds of a loop that lie side by side count as one.
    /// Null if the requirement has no rows of its own, because what it says is part of another row.
    /// </summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="inputs">Inputs that fail, in the circuit's order.</param>
    /// <param name="failure">The requirement.</param>
    public static FailedRows? Of(CompiledCircuit circuit, ReadOnlySpan<Fr> inputs, RequirementFailure failure)
    {
        if (circuit.R1cs.FindViolation(circuit.Tape.SolveUnchecked(inputs)) is not { } violation || !IsThere(violation.Row.Index))
        {
            return null;
        }

        var (first, last) = (violation.Row.Index, violation.Row.Index);
        while (first > 0 && IsThere(first - 1))
        {
            first--;
        }

        while (last + 1 < circuit.R1cs.ConstraintCount && IsThere(last + 1))
        {
            last++;
        }

        return new(first, last);

        bool IsThere(int row) => circuit.SourceOf(new ConstraintId(row)) == failure.Location;
    }

    public override string ToString() => First == Last ? $"row {First}" : $"rows {First}..{Last}";
}
