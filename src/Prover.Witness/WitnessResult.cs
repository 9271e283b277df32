namespace Prover.Witness;

/// <summary>Either a full assignment or the requirement that the inputs fail.</summary>
/// <param name="Assignment">One value for each wire, wire 0 first; null on failure.</param>
/// <param name="Failure">Null on success.</param>
public sealed record WitnessResult(Fr[]? Assignment, RequirementFailure? Failure)
{
    /// <summary>The assignment.</summary>
    /// <exception cref="InvalidOperationException">The inputs failed a requirement; the message is the failure's.</exception>
    public Fr[] RequireAssignment() => Assignment ?? throw new InvalidOperationException(Failure?.ToString());
}
