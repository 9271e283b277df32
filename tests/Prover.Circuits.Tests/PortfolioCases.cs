using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>
/// The rules of circuits/margin/portfolio.circuit. Market 1 trades at 100 and falls to 90 or rises to 120; market 2, at 10, moves the other way: a hedge.
/// </summary>
internal static class PortfolioCases
{
    /// <summary>One, as prices are written.</summary>
    private const long One = 1L << 32;

    private static readonly ImmutableArray<ImmutableArray<long>> Shocks = [[-10 * One, 20 * One], [2 * One, -3 * One]];

    public static IEnumerable<RuleCase> All =>
    [
        // In scenarios in which the price moves by one 1,000 of it lose 1,000; the close-out margin, an eightieth of 100,000, is more.
        new("portfolio margin in mild scenarios", "initial margin", Mild(1_250), Mild(1_249)),
        new("other scenarios than were signed", "bad oracle signature", Ticked(Shocks[0]), Signed(Shocks, brought: [Shocks[0], [2 * One, -4 * One]])),
        new("no scenarios signed", "bad oracle signature", Ticked(Shocks[0]), Unsigned()),

        // A tenth of 100 in 61 seconds.
        new("shocks that move too far", "shocks move too far", Moved(10 * One), Moved((10 * One) + 1)),
        new("shocks that move too far down", "shocks move too far", Moved(-10 * One), Moved((-10 * One) - 1)),
        new("the last shock of the last market moves too far", "shocks move too far", Moved(One, market: 2, shock: 1), Moved(One + 1, market: 2, shock: 1)),
        new("shocks beyond their leeway", "shocks move too far", Moved((10 * One) + 5, leeway: 5), Moved((10 * One) + 6, leeway: 5)),
        new("shocks that move beside the first price", "shocks move too far", Moved(1000 * One, price: 0), Moved(1000 * One, price: 100UL << 32)),
        new("a market for portfolio margin sold by an account with tiers", "portfolio margin only", Only(Desk.Alice, Desk.Bob), Only(Desk.Alice)),
        new("a market for portfolio margin bought by an account with tiers", "portfolio margin only", Only(Desk.Alice, Desk.Bob), Only(Desk.Bob)),
        new("a market for portfolio margin taken over by a fund with tiers", "portfolio margin only", OnlyTaken(Desk.Alice, Desk.Fund), OnlyTaken(Desk.Alice)),
        new("a fund with portfolio margin takes what it can hold", "the insurance fund can take it", OnlyDeleveraged(Desk.Bob), OnlyDeleveraged(Desk.Bob, Desk.Fund)),

        // Bob's 1,000 of market 2, sold short, gain when his 1,000 of market 1, short too, lose 20,000. Without them he needs 15,000 to keep these.
        new("a hedge of whom deleveraging leaves unable to keep the rest", "initial margin", HedgeDeleveraged(15_000), HedgeDeleveraged(14_999)),
        new("a hedge taken for its price, rounded up", "initial margin", HedgeDeleveraged(15_001, owed: 1, fraction: 4_000_000), HedgeDeleveraged(15_000, owed: 1, fraction: 4_000_000)),
        new("a hedge taken for less than it is worth", "initial margin", HedgeDeleveraged(15_000), HedgeDeleveraged(15_001, owed: 1)),

        // A coin that is worth 100 loses no more than that, whatever is signed: 1,000 of it paid for in full need 100,000, and not 100,001.
        new("a loss above all that there is", "initial margin", Bounded(100_000), Bounded(99_999)),

        // 1,000 bought at 100 lose 10,000 when the price falls by 10; sold they lose 20,000 when it rises by 20. The tiers ask for 5,000.
        new("portfolio margin of a long position", "initial margin", Traded(Desk.Alice, 10_000), Traded(Desk.Alice, 9_999)),
        new("portfolio margin of a short position", "initial margin", Traded(Desk.Bob, 20_000), Traded(Desk.Bob, 19_999)),

        // 500 of market 2 gain 1,000 when those lose 10,000, and lose 1,500 when they gain.
        new("a hedged position needs less", "initial margin", Hedged(500, 9_000 - (500 * 10)), Hedged(500, 8_999 - (500 * 10))),
        new("but a hedge needs what it loses by itself", "initial margin", Hedged(10_000, 10_000 - (10_000 * 10)), Hedged(10_000, 9_999 - (10_000 * 10))),

        // Above 200,000 the raise asks for 5 % of 100,000 more.
        new("a large position needs its raise", "initial margin", Large(35_000), Large(34_999)),
        new("no other margin while a position is open", "positions open", Chosen(0), Chosen(1)),
        new("no portfolio margin in a shape without scenarios", "no scenarios", Chosen(0, before: false), Desk.Housekeeping(Desk.KeyChange(Desk.Alice, Desk.OwnerOf(Desk.Carol), portfolio: true))),
        new("another margin than signed for", "bad signature", Choosing(true), Choosing(true, signed: false)),

        // 10,000 of the worst loss take three quarters of that to be kept and half of it not to be taken over.
        new("portfolio margin to keep a position", "not below maintenance margin", Liquidated(7_499), Liquidated(7_500)),
        new("portfolio margin below which the fund takes over", "below close-out margin", Liquidated(5_000), Liquidated(4_999)),
        // 500 of market 2 keep 1,000 of 10,000 from being lost. Worth 4,499, less than half of the 9,000 that are left, the account loses them at their price, 5,000.
        new("a hedge taken over below its price", "below the zero quote", Unhedged(5_000), Unhedged(4_999)),
        new("a hedge taken over above its price", "above the zero quote", Unhedged(5_000), Unhedged(5_001)),
        new("a hedge sold in debt", "initial margin", Sold(10_000), Sold(-1)),
        Forged("an account whose choice is lied about", "account 1 is not in the state", "trades[0].buyer.at.account.portfolio", 0),
        Forged("scenarios of the state that are lied about", "the state is not the one the batch starts from", "state.markets.market[0].shocks[0]", 0),
    ];

    private static Batch Ticked(ImmutableArray<long> first) => Desk.Batch(Desk.Tick()).WithScenarios([first, Shocks[1]]);

    private static Batch Signed(ImmutableArray<ImmutableArray<long>> shocks, ImmutableArray<ImmutableArray<long>> brought)
    {
        var batch = Desk.Batch(Desk.Tick()).WithScenarios(shocks);
        return batch with { Transactions = [(OracleTick)batch.Transactions[0] with { Shocks = brought }] };
    }

    private static Batch Unsigned()
    {
        var batch = Ticked(Shocks[0]);
        return batch with { Transactions = [Desk.Tick() with { Shocks = Shocks }] };
    }

    /// <summary>A tick 61 seconds after the last, with a shock that has moved by so much; the market had such a price.</summary>
    private static Batch Moved(long by, int market = 1, int shock = 0, ulong leeway = 0, ulong? price = null)
    {
        var moved = Shocks.SetItem(market - 1, Shocks[market - 1].SetItem(shock, Shocks[market - 1][shock] + by));
        return Desk.Batch(Desk.Tick()).WithScenarios(moved)
            .WithPrices(Desk.Now - 62, price is { } its ? Desk.Price.SetItem(market - 1, its) : Desk.Price)
            .WithMarkets(markets => markets with { List = [.. markets.List.Zip(Shocks, (each, shocks) => each with { Shocks = shocks, Leeway = leeway })] });
    }

    /// <summary>Alice buys of Bob in a market that is for portfolio margin only, which some have.</summary>
    private static Batch Only(params ImmutableArray<long> portfolios) =>
        Desk.Batch(Desk.Trade()).WithScenarios(Shocks, portfolios).WithMarket(1, market => market with { PortfolioOnly = true });

    /// <summary>The fund takes Alice's 1,000 over, worth nothing with what she owes.</summary>
    private static Batch OnlyTaken(params ImmutableArray<long> portfolios) => Desk.TakingOver(new TakeOver(new(1, 1_000, 100_000, Desk.Alice)))
        .WithPosition(Desk.Alice, 1, 1_000).WithCash(Desk.Alice, -100_000).With(Desk.Fund, _ => Desk.Owned(Desk.Fund, Desk.Million))
        .WithScenarios(Shocks, portfolios).WithMarket(1, market => market with { PortfolioOnly = true });

    /// <summary>Bob loses 1,000 against Alice's, though the fund has money.</summary>
    private static Batch OnlyDeleveraged(params ImmutableArray<long> portfolios) => DeleverageCases.Whole().With(Desk.Fund, _ => Desk.Owned(Desk.Fund, Desk.Million))
        .WithScenarios(Shocks, [Desk.Alice, .. portfolios]).WithCash(Desk.Bob, 2 * Desk.Million).WithMarket(1, market => market with { PortfolioOnly = true });

    /// <summary>Bob, worth so much, is short 1,000 in both markets. Alice, who owes what her 1,000 of market 2 are worth and some more, loses them, at a price of 10 and so many 2⁻³².</summary>
    private static Batch HedgeDeleveraged(long worth, long owed = 0, ulong fraction = 0) => Desk.Deleveraging(new Deleverage(new(2, 1_000, 10_000 + owed, Desk.Alice), Desk.Bob))
        .WithPosition(Desk.Alice, 2, 1_000).WithCash(Desk.Alice, -10_000 - owed)
        .WithPosition(Desk.Bob, 2, -1_000).WithPosition(Desk.Bob, 1, -1_000).WithCash(Desk.Bob, worth + 110_000)
        .WithScenarios(Shocks, Desk.Bob).WithMarket(2, market => market with { Price = market.Price + fraction });

    /// <summary>Alice, worth so much, buys 1,000 after a tick in which the price would fall by 110.</summary>
    private static Batch Bounded(long worth) => Desk.Batch(Desk.Tick(), Desk.Trade()).WithScenarios([[-110 * One, 20 * One], Shocks[1]], Desk.Alice).WithCash(Desk.Alice, worth)
        .WithPrices(Desk.Now - 62, Desk.Price).WithMarket(1, market => market with { Shocks = [-100 * One, 20 * One] });

    /// <summary>Alice buys 1,000 at the price of Bob; one of them has portfolio margin and so much.</summary>
    private static Batch Traded(long account, long worth) => Desk.Batch(Desk.Trade()).WithScenarios(Shocks, account).WithCash(account, worth);

    private static Batch Mild(long worth) => Traded(Desk.Alice, worth).WithMarket(1, market => market with { Shocks = [-One, One] });

    /// <summary>Alice, who holds so much of market 2, buys 1,000 of market 1.</summary>
    private static Batch Hedged(long held, long cash) => Traded(Desk.Alice, cash).WithPosition(Desk.Alice, 2, held);

    /// <summary>Alice, who holds 2,000 of market 1, buys 1,000 more, which is worth 300,000 and loses 30,000.</summary>
    private static Batch Large(long worth) => Traded(Desk.Alice, worth - 200_000).WithPosition(Desk.Alice, 1, 2_000);

    /// <summary>Alice, who has a position or none and had portfolio margin, goes back to tiers.</summary>
    private static Batch Chosen(long held, bool before = true)
    {
        var batch = Desk.Housekeeping(Desk.KeyChange(Desk.Alice, Desk.OwnerOf(Desk.Carol))).With(Desk.Alice, account => account with { Portfolio = before });
        return held == 0 ? batch : batch.WithPosition(Desk.Alice, 1, held);
    }

    private static Batch Choosing(bool portfolio, bool? signed = null) => Desk.Housekeeping(
        Desk.KeyChange(Desk.Alice, Desk.OwnerOf(Desk.Carol), portfolio: signed ?? portfolio) with { Portfolio = portfolio }).WithScenarios(Shocks);

    /// <summary>Alice, worth so much, holds 1,000 of market 1 and loses 500 of them at the price.</summary>
    private static Batch Liquidated(long worth) => Desk
        .Liquidating(new Liquidation(1, 500, 50_000, true, Desk.Alice, 0, Desk.Signed(Desk.Order(Desk.Bob) with { Base = 500, Quote = 50_000 }, 1, sells: false)))
        .WithScenarios(Shocks, Desk.Alice).WithPosition(Desk.Alice, 1, 1_000).WithCash(Desk.Alice, worth - 100_000);

    /// <summary>The fund takes what hedges Alice's 1,000 of market 1 and pays so much.</summary>
    private static Batch Unhedged(long paid) => Desk.TakingOver(new TakeOver(new(2, 500, paid, Desk.Alice)))
        .WithScenarios(Shocks, Desk.Alice).WithPosition(Desk.Alice, 1, 1_000).WithPosition(Desk.Alice, 2, 500).WithCash(Desk.Alice, 4_499 - 105_000)
        .With(Desk.Fund, _ => Desk.Owned(Desk.Fund, Desk.Million));

    /// <summary>Alice, worth so much, sells Bob what hedges 1,000 of market 1, at its price.</summary>
    private static Batch Sold(long worth) => Desk
        .Batch(new Trade(
            2, 500, 5_000,
            Desk.Signed(Desk.Order(Desk.Bob) with { Base = 500, Quote = 5_000 }, 2, sells: false),
            Desk.Signed(Desk.Order(Desk.Alice) with { Base = 500, Quote = 0 }, 2, sells: true)))
        .WithScenarios(Shocks, Desk.Alice).WithPosition(Desk.Alice, 1, 1_000).WithPosition(Desk.Alice, 2, 500).WithCash(Desk.Alice, worth - 105_000);

    private static RuleCase Forged(string name, string message, string input, long value)
    {
        var accepted = Traded(Desk.Alice, 10_000);
        return new(name, message, accepted, accepted) { Rule = null, Forge = inputs => inputs.SetInteger(input, value) };
    }
}
