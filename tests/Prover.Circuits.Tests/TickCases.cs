using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>The rules of circuits/margin/prices.circuit.</summary>
internal static class TickCases
{
    private const ulong Full = ulong.MaxValue;

    /// <summary>100 and a tenth of it, of which 61 seconds are worth 62: ⌊2³²·100·(1 + 62/610)⌋.</summary>
    private const ulong AfterASecondMore = 473_150_495_559;

    /// <summary>100 and what one second allows, a 61st of a tenth: ⌊2³²·100·(1 + 1/610)⌋; what two allow; 100 less what one does, rounded up.</summary>
    private const ulong AfterASecond = 430_200_822_599;
    private const ulong AfterTwo = 430_904_915_598;
    private const ulong DownAfterASecond = 428_792_636_601;

    public static IEnumerable<RuleCase> All =>
    [
        new("prices of the same time", "prices not newer", Ticked(Desk.Tick(Desk.PriceTime + 1)), Ticked(Desk.Tick(Desk.PriceTime))),
        new("prices of the next second", "prices from the future", Ticked(Desk.Tick(Desk.Now)), Ticked(Desk.Tick(Desk.Now + 1))),
        new("a tick too old", "stale prices", OnOldPrices(Desk.Tick(Desk.Now - 60)), OnOldPrices(Desk.Tick(Desk.Now - 61))),
        new("a signer twice", "oracle signers not distinct and in order", Signed(0, 1, 2), Signed(0, 0, 2)),
        new("the last signer twice", "oracle signers not distinct and in order", Signed(0, 1, 3), Signed(1, 3, 3)),
        new("signers out of order", "oracle signers not distinct and in order", Signed(1, 2, 3), Signed(2, 1, 3)),
        new("another key's report", "bad oracle signature", Signed(0, 1, 2), Reported(Desk.Report(2, Desk.Now - 1, Desk.Price, signedBy: 3))),
        new("a report for another time", "bad oracle signature", Signed(0, 1, 2), Reported(Desk.Report(2, Desk.Now - 2, Desk.Price))),
        new("a report with another price", "bad oracle signature", Signed(0, 1, 2), Reported(Desk.Report(2, Desk.Now - 1, Desk.Price) with { Quoted = [new(Desk.Price[0], 0), new(1, 0)] })),
        new("a price of zero", "zero price", FirstPrices([1, 1]), FirstPrices([1, 0])),
        new("a price up too far after a second", "price moves too far", Since(1, AfterASecond), Since(1, AfterASecond + 1)),
        new("a price down too far after a second", "price moves too far", Since(1, DownAfterASecond), Since(1, DownAfterASecond - 1)),
        new("the move of two seconds, a second early", "price moves too far", Since(2, AfterTwo), Since(1, AfterTwo)),
        new("a unit beyond the move of two seconds", "price moves too far", Since(2, AfterTwo), Since(2, AfterTwo + 1)),
        new("the whole move, a second early", "price moves too far", Since(61, 110UL << 32), Since(60, 110UL << 32)),
        new("the greatest price up too far", "price moves too far", From(Full / 11 * 10, Full / 11 * 11), From((Full / 11 * 10) - 10, Full / 11 * 11)),
        new("a price up too far after the time for which prices serve", "price moves too far", Since(61, 110UL << 32), Since(61, (110UL << 32) + 1)),
        new("a price down too far after the time for which prices serve", "price moves too far", Since(61, 90UL << 32), Since(61, (90UL << 32) - 1)),
        new("a price up too far after twice that time", "price moves too far", Since(122, 120UL << 32), Since(122, (120UL << 32) + 1)),
        new("a price down too far after twice that time", "price moves too far", Since(122, 80UL << 32), Since(122, (80UL << 32) - 1)),
        new("the move of a second more, a second early", "price moves too far", Since(62, AfterASecondMore), Since(61, AfterASecondMore)),
        new("a unit beyond the move of a second more", "price moves too far", Since(62, AfterASecondMore), Since(62, AfterASecondMore + 1)),
        new("a listed market's price out of nothing", "price moves too far", Unlisted(2, 1, Full), From(1, Full)),
        new("a listed market's price to next to nothing", "price moves too far", Unlisted(2, Full, 0), From(Full, 1)),
        new("the first price is not bound by the move, the second is", "price moves too far", From(0, Full), From(1, 2)),
        new("a price of zero in a listed market, and in one that is not", "zero price", Unlisted(2), Unlisted(1)),
        new("more open than may be at the new price", "open interest out of range", Open((1L << 45) - 1), Open(1L << 45)),
        new("funding beyond its range", "funding out of range", Funded(long.MaxValue - 429_496_729), Funded(long.MaxValue - 429_496_728)),
        new("funding beyond its range in a market that is not listed, and in one that is", "funding out of range", Funded(long.MaxValue).WithMarket(1, Unlist), Funded(long.MaxValue)),
        new("negative funding beyond its range", "funding out of range", Falling(long.MinValue + 429_496_730), Falling(long.MinValue + 429_496_729)),
    ];

    // A funding of 0.1 % of 100 is due, which brings the index to the end of its range.
    private static Batch Funded(long before) => Ticked(Desk.Tick(rate: 1_000)).WithMarkets(markets => markets.With(1, markets[1] with { Funding = before }) with
    {
        FundingTime = Desk.Now - 1 - Desk.Configuration.FundingInterval,
    });

    private static Batch Falling(long before) => Funded(before) with { Transactions = [Desk.Tick(rate: -1_000)] };

    private static Batch Open(long open) => Ticked(Desk.Tick(price: [1UL << 51, 10UL << 32])).WithPrices(Desk.PriceTime, [0, 10UL << 32])
        .WithMarket(1, market => market with { OpenInterest = open });

    private static Batch Unlisted(int market) => FirstPrices([1, 0]).WithMarket(market, _ => Market.None);

    private static Batch Unlisted(int market, ulong old, ulong price) =>
        From(old, price).WithMarket(market, Unlist);

    private static Market Unlist(Market market) => market with { Base = Margins.None, Raises = Market.None.Raises };

    /// <summary>Market 1 goes from 100 to a price so many seconds later.</summary>
    private static Batch Since(long seconds, ulong price)
    {
        var tick = Desk.Tick(price: Desk.Price.SetItem(0, price));
        return Ticked(tick).WithPrices(tick.Time - seconds, Desk.Price);
    }

    private static Batch Ticked(OracleTick tick) => Desk.Batch(tick);

    private static Batch OnOldPrices(OracleTick tick) => Desk.Batch(tick).WithPrices(Desk.Now - 1000, Desk.Price);

    private static Batch Signed(params int[] signers) => Ticked(Desk.Tick(signers: signers));

    private static Batch Reported(PriceReport last)
    {
        var tick = Desk.Tick(signers: [0, 1, 2]);
        return Ticked(tick with { Reports = tick.Reports.SetItem(2, last) });
    }

    private static Batch FirstPrices(ImmutableArray<ulong> price) => Ticked(Desk.Tick(price: price)).WithPrices(0, [0, 0]);

    /// <summary>Market 2 goes from one price to another in the time for which prices serve.</summary>
    private static Batch From(ulong old, ulong price)
    {
        var tick = Desk.Tick(price: Desk.Price.SetItem(1, price));
        return Ticked(tick).WithPrices(tick.Time - 61, Desk.Price.SetItem(1, old));
    }
}
