namespace Prover.Compiler;

/// <summary>How trying a property went.</summary>
/// <param name="Property">The property.</param>
/// <param name="Cases">The number of inputs that were tried, those aside that its <c>where</c> refuses.</param>
/// <param name="Failure">The simplest inputs found for which it does not hold, or why it could not be tried; null if it held.</param>
public sealed record PropertyResult(RuleProperty Property, int Cases, string? Failure)
{
    /// <summary>Whether it held for all inputs tried.</summary>
    public bool IsPassed => Failure is null;
}
