using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>The rules of circuits/margin/listing.circuit.</summary>
internal static class UpdateCases
{
    private static readonly Margins Fair = new(60_000, 30_000, 15_000);

    /// <summary>Raises after which the whole notional must be the account's own, beside those and beside those twice.</summary>
    private static readonly Margins Most = new(940_000, 30_000, 15_000);
    private static readonly Margins Rest = new(880_000, 0, 0);

    public static IEnumerable<RuleCase> All =>
    [
        new("an update of a market that there is not", "no such market", Of(Desk.Update(2, Fair)), Of(Desk.Update(3, Fair))),
        new("an update that the governance has not signed", "bad signature", Updated(Fair), Of(Desk.Update(1, Fair, signedBy: (int)Desk.Alice))),
        new("an update brought again", "bad signature", After(1, Desk.Update(1, Fair, updates: 1)), After(1, Desk.Update(1, Fair, updates: 0))),
        new("an update of another market", "bad signature", Updated(Fair), Of(Desk.Update(1, Fair) with { Market = 2 })),
        new("an update to other margins", "bad signature", Updated(Fair), Of(Desk.Update(1, Fair) with { Base = new(60_000, 30_000, 15_001) })),
        new("an update with another raise", "bad signature", Updated(Fair), Of(Desk.Update(1, Fair) with { Raises = Desk.Update(1, Fair, raise: Margins.None).Raises })),
        new("more to keep than to open", "margins not in order", Updated(new(30_000, 30_000, 15_000)), Updated(new(30_000, 30_001, 15_000))),
        new("more not to be closed out than to keep", "margins not in order", Updated(new(60_000, 15_000, 15_000)), Updated(new(60_000, 15_000, 15_001))),
        new("a raise out of order", "margins not in order", Of(Desk.Update(1, Fair, new(0, 0, 0))), Of(Desk.Update(1, Fair, new(0, 1, 0)))),
        new("more margin than notional", "margin above the notional", Of(Desk.Update(1, Fair, Most)), Of(Desk.Update(1, Fair, Most with { Initial = Most.Initial + 1 }))),
        new("more margin than notional in the last raise", "margin above the notional", Of(Desk.Update(1, Fair, Fair, last: Rest)), Of(Desk.Update(1, Fair, Fair, last: Rest with { Initial = Rest.Initial + 1 }))),
        new("no margin at all to keep", "market without margin", Updated(new(60_000, 30_000, 1)), Updated(new(60_000, 30_000, 0))),
        new("a market off the list in which something is open", "market without margin", Updated(Margins.None), Updated(Margins.None).WithMarket(1, market => market with { OpenInterest = 1 })),
        new("an update with another leeway than signed", "bad signature", ForPortfolios(0, leeway: 7), ForPortfolios(0, leeway: 7, brought: 8)),
        new("a market for portfolio margin without leeway", "leeway and portfolio margin go together", ForPortfolios(0, leeway: 1), ForPortfolios(0, leeway: 0)),
        new("leeway of a market that is not", "leeway and portfolio margin go together", Updated(Fair), Of(Desk.Update(1, Fair, leeway: 1))),
        new("an update with another margin asked for than signed", "bad signature", ForPortfolios(0), ForPortfolios(0, signed: false)),
        new("a market for portfolio margin without scenarios", "no scenarios", Updated(Fair), Of(Desk.Update(1, Fair, leeway: 1, portfolioOnly: true))),
        new("another margin asked for while positions are open", "positions open", ForPortfolios(0), ForPortfolios(1)),
        new("tiers no longer taken while positions are open", "positions open", ForPortfolios(1, before: true), ForPortfolios(1)),
        new("one update too many", "too many updates", After(uint.MaxValue - 1, Desk.Update(1, Fair, updates: uint.MaxValue - 1)), After(uint.MaxValue, Desk.Update(1, Fair, updates: uint.MaxValue))),
    ];

    private static Batch Of(MarketUpdate update) => Desk.TakingOver(update);

    /// <summary>Market 1, in which so much is open, becomes one for portfolio margin, or stays one.</summary>
    private static Batch ForPortfolios(long open, bool before = false, bool signed = true, ulong leeway = 1, ulong? brought = null) =>
        Of(Desk.Update(1, Fair, leeway: leeway, portfolioOnly: signed) with { PortfolioOnly = true, Leeway = brought ?? leeway }).WithScenarios([[0, 0], [0, 0]])
            .WithMarket(1, market => market with { OpenInterest = open, PortfolioOnly = before });

    private static Batch Updated(Margins margins) => Of(Desk.Update(1, margins));

    private static Batch After(uint updates, MarketUpdate update) => Of(update).WithMarkets(markets => markets with { Updates = updates });
}
