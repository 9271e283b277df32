using Prover.Constraints;

namespace Prover.Witness;

/// <summary>A rule instance ready to be proved: its constraints, the program that computes its witness, and where both come from.</summary>
/// <param name="Name">The rule instance, such as "initial_margin&lt;32&gt;".</param>
/// <param name="Hash">SHA-256 of inputs, constraints, tape and states in lower-case hexadecimal: equal sources give equal hashes.</param>
/// <param name="R1cs">The constraints.</param>
/// <param name="Tape">Computes the assignment from the inputs.</param>
/// <param name="Inputs">Input i is wire 1 + i: public ones first, each group in declaration order.</param>
/// <param name="Sources">The source places ("path:line:column") that rows come from.</param>
/// <param name="RowSources">For each row its index into <paramref name="Sources"/>.</param>
public sealed record CompiledCircuit(
    string Name,
    string Hash,
    R1cs R1cs,
    WitnessTape Tape,
    IReadOnlyList<CircuitInput> Inputs,
    IReadOnlyList<string> Sources,
    int[] RowSources)
{
    /// <summary>What it does to its states.</summary>
    public StateProgram States { get; init; } = StateProgram.None;

    /// <summary>The source place of a row.</summary>
    public string SourceOf(ConstraintId row) => Sources[RowSources[row.Index]];

    /// <summary>A violated row in words: its number, place and the three values.</summary>
    public string Describe(Violation violation) => $"{violation} at {SourceOf(violation.Row)} in {Name}";
}
