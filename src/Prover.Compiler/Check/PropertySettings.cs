namespace Prover.Compiler;

/// <summary>With which inputs properties are tried.</summary>
/// <param name="Seed">Where the random inputs begin: equal seeds give equal inputs.</param>
/// <param name="Cases">How many inputs that a property's <c>where</c> accepts, at least 1.</param>
public sealed record PropertySettings(int Seed, int Cases)
{
    /// <summary>A hundred cases, the same each time.</summary>
    public static PropertySettings Default { get; } = new(1, 100);
}
