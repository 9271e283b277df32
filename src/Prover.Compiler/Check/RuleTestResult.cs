namespace Prover.Compiler;

/// <summary>How a test went.</summary>
/// <param name="Test">The test.</param>
/// <param name="Failure">Why it failed; null if it passed.</param>
/// <param name="Elapsed">How long it ran, in all ways together; compiling its rule is not counted.</param>
public sealed record RuleTestResult(RuleTest Test, string? Failure, TimeSpan Elapsed)
{
    /// <summary>Lines that show the requirement it fails at, with the values that are compared there; empty if it fails otherwise.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>Whether all ways of running it agreed with each other and with what it expects.</summary>
    public bool IsPassed => Failure is null;
}
