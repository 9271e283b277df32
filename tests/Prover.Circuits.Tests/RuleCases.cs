namespace Prover.Circuits.Tests;

/// <summary>All refused batches that are written by hand.</summary>
internal static class RuleCases
{
    public static IReadOnlyDictionary<string, RuleCase> ByName { get; } =
        new[]
        {
            TickCases.All, TradeCases.All, TransferCases.All, MessageCases.All, LiquidationCases.All, TakeOverCases.All, DeleverageCases.All, UpdateCases.All, LockCases.All, ForcedCases.Refused, PortfolioCases.All, ForgedCases.All,
        }.SelectMany(cases => cases).ToDictionary(item => item.Name);
}
