using Prover.Constraints;

namespace Prover.Bench;

/// <summary>A circuit of a kind that provers meet, and an assignment that satisfies it.</summary>
/// <param name="Name">"dense", "bits" or "margin".</param>
/// <param name="Circuit">The circuit.</param>
/// <param name="Witness">The value of every wire.</param>
/// <param name="Solve">Computes the witness once more from a batch's inputs; null if the profile has no tape.</param>
public sealed record Profile(string Name, R1cs Circuit, Fr[] Witness, Func<Fr[]>? Solve = null);
