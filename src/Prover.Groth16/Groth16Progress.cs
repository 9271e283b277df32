namespace Prover.Groth16;

/// <summary>How far a set-up or a proof has come.</summary>
/// <param name="Step">What is being done now, in a few words for people.</param>
/// <param name="Fraction">The part of the whole that is done when this step begins, from 0 to 1.</param>
public readonly record struct Groth16Progress(string Step, double Fraction);
