using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>What circuits/margin/risk.circuit demands of both sides of a trade.</summary>
internal static partial class TradeCases
{
    private static IEnumerable<RuleCase> Risks =>
    [
        // 3,000 at 100 are 300,000: 5 % of that and 5 % of the 100,000 above 200,000 make 20,000.
        new("the margin of the second tier", "initial margin", InSecondTier(20_000), InSecondTier(19_999)),

        // 1,000 at 100 for a debt of 97,000 leave 3,000, less than the initial margin of 5,000. Half of them kept need half as much maintenance margin,
        // so at least 1,500 must be left: they may be sold for 48,500.
        new("de-risking at a price that worsens the ratio", "initial margin", DeRisking(48_500), DeRisking(48_499)),
        new("selling all of a position that is worth its debt, and one that is not", "initial margin", SellingAll(-100_000), SellingAll(-100_001)),
        new("more risk below the initial margin", "initial margin", Growing(-90_000), Growing(-90_001)),
        new("a smaller position on the other side", "initial margin", Turned(-58_000), Turned(-58_001)),

        new("a second position of an isolated account", "isolated margin", Isolated(1), Isolated(2)),
        new("a third position where there are two slots", "no position slot left", OfMarkets(1, 2, market: 2), OfMarkets(2, 3, market: 1)),
        new("a reduce-only order that reduces to nothing, and one more", "order is reduce-only", Reducing(-1000), Reducing(-999)),
        new("a reduce-only order without a position", "order is reduce-only", Reducing(-1001), Reducing(0)),
        new("a reduce-only order on the same side", "order is reduce-only", Reducing(-2000), Reducing(1)),

        // A funding of 2 for each unit: Alice, short 100 of market 2 worth −1,000 that need 100, gets 200.
        new("funding received makes up for margin", "initial margin", WithFunding(4_900), WithFunding(4_899)),
        new("funding beyond the range of cash", "collateral out of range", Receiving(Limits.Cash, own: 0), Receiving(Limits.Cash, own: 1)),
        new("a value beyond its range", "account value out of range", Worth(32), Worth(33)),
    ];

    private static Batch InSecondTier(long cash) =>
        Traded(Desk.Trade(size: 3000, quote: 300_000, buyer: Thrice, seller: Thrice)).WithCash(Desk.Alice, cash);

    private static OrderSide Thrice(OrderSide order) => order with { Base = 3000, Quote = 300_000 };

    /// <summary>Bob sells half of what he holds.</summary>
    private static Batch DeRisking(long quote) =>
        Traded(Desk.Trade(500, quote, seller: Cheap)).WithPosition(Desk.Bob, 1, 1000).WithCash(Desk.Bob, -97_000);

    private static Batch SellingAll(long cash) => Traded(Desk.Trade()).WithPosition(Desk.Bob, 1, 1000).WithCash(Desk.Bob, cash);

    /// <summary>Alice, who has 1,000, buys another 1,000: together they need 10,000.</summary>
    private static Batch Growing(long cash) => Traded(Desk.Trade()).WithPosition(Desk.Alice, 1, 1000).WithCash(Desk.Alice, cash);

    /// <summary>Bob, who has 600 and a worth of 2,000, sells 1,000: short 400 he needs 2,000, and less is no de-risking.</summary>
    private static Batch Turned(long cash) => Traded(Desk.Trade()).WithPosition(Desk.Bob, 1, 600).WithCash(Desk.Bob, cash);

    /// <summary>In market 3, which the batch does not have, a position is worth nothing.</summary>
    /// <summary>Alice buys 1,000 of market 1 and holds one of some market.</summary>
    private static Batch Isolated(int held) => Traded(Desk.Trade()).WithPosition(Desk.Alice, held, 1).With(Desk.Alice, account => account with { Isolated = true });

    private static Batch OfMarkets(int first, int second, int market) => Traded(Desk.Trade(market: market, quote: 10_000, seller: Cheap))
        .With(Desk.Alice, account => account with { Positions = account.Positions.Add(first, new(1, 0)).Add(second, new(1, 0)) });

    private static Batch Reducing(long size)
    {
        var batch = Traded(Desk.Trade(buyer: order => order with { ReduceOnly = true }));
        return size == 0 ? batch : batch.WithPosition(Desk.Alice, 1, size);
    }

    private static Batch WithFunding(long own) => WithSecondPosition(own).WithMarket(2, market => market with { Funding = 2L << 32 });

    /// <summary>Alice, short 2³² of market 2, is paid 2³⁰ for each, and pays 2⁶¹ and a fee for what she buys, so that her cash does not end too high.</summary>
    private static Batch Receiving(long funding, long own) =>
        Traded(Desk.Trade(quote: Limits.Quote, buyer: order => order with { Quote = Limits.Quote, Fee = 10 }))
            .WithPosition(Desk.Alice, 2, -1L << 32)
            .WithMarket(2, market => market with { Funding = funding })
            .WithCash(Desk.Alice, own)
            .WithCash(Desk.Bob, 0);

    /// <summary>2³⁷ at a price of 2⁶⁴ − 1 are worth 2³⁷, or 32 · 2³², less than 2¹⁰¹.</summary>
    private static Batch Worth(long cash) =>
        Traded(Desk.Trade()).WithPosition(Desk.Alice, 2, 1L << 37).WithPrices(Desk.PriceTime, [100UL << 32, ulong.MaxValue]).WithCash(Desk.Alice, cash);
}
