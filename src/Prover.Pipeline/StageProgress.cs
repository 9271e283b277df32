namespace Prover.Pipeline;

/// <summary>How far a named stage of a long piece of work has come.</summary>
/// <param name="Stage">The stage's name, for people: "compile", "key", "prove".</param>
/// <param name="Fraction">Between 0 and 1; a stage ends with 1.</param>
/// <param name="Detail">What is being done or was found, or null.</param>
public readonly record struct StageProgress(string Stage, double Fraction, string? Detail = null);
