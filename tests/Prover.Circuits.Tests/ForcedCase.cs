using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>A request that the contract has put into a batch, and what becomes of it.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="Shortfall">The rule for which it is not carried out in full; null if it is.</param>
/// <param name="Batch">The batch.</param>
internal sealed record ForcedCase(string Name, string? Shortfall, Batch Batch)
{
    public override string ToString() => Name;
}
