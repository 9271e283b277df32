using System.Collections.Immutable;

namespace Prover.Margin;

/// <summary>The last proven prices.</summary>
/// <param name="Time">When they were signed, in seconds since 1970; 0 before the first tick.</param>
/// <param name="Price">For each market, 10⁻⁶ USD per unit of size in 32.32 fixed point; 0 before the first tick.</param>
public sealed record Prices(long Time, ImmutableArray<ulong> Price)
{
    /// <summary>No prices yet.</summary>
    public static Prices None { get; } = new(0, [.. new ulong[Limits.Markets]]);
}
