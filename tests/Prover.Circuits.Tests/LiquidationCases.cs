using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>
/// The rules of circuits/margin/liquidate.circuit. Alice is long 1,000 at 100, which need 2,500 to keep and 1,250 not to be closed out, for a debt that leaves
/// her 2,000. Bob takes 500, worth 50,000: at a discount of the close-out margin, 625, or less.
/// </summary>
internal static class LiquidationCases
{
    private const long Debt = -98_000;

    public static IEnumerable<RuleCase> All =>
    [
        new("an account with its maintenance margin", "not below maintenance margin", Long(50_000, cash: -97_501), Long(50_000, cash: -97_500)),
        new("an account below its close-out margin", "below close-out margin", Long(50_000, cash: -98_750), Long(50_000, cash: -98_751)),
        new("more liquidated than there is", "no reduction", Long(100_000, size: 1000), Long(100_100, size: 1001)),
        new("a liquidation that buys more", "no reduction", Short(50_000), Short(50_000, position: 1000, cash: Debt)),
        new("a liquidation of what is not held", "no reduction", Long(50_000), Elsewhere()),
        new("a long position sold above the oracle's price", "price better than the oracle's", Long(50_000), Long(50_001)),
        new("a short position bought back below the oracle's price", "price better than the oracle's", Short(50_000), Short(49_999)),
        new("a long position sold too low", "discount too great", Long(49_375), Long(49_374)),
        new("a short position bought back too high", "discount too great", Short(50_625), Short(50_626)),
        new("a fee too high", "discount too great", Long(50_000, fee: 625), Long(50_000, fee: 626)),
        new("a fee too high beside a discount", "discount too great", Short(50_500, fee: 125), Short(50_500, fee: 126)),
        new("more than the discount from who lacks a millionth", "discount too great", Long(49_375, cash: -97_501), Long(49_374, cash: -97_501)),
        new("worth that falls against margin", "worth falls against margin", InTwoMarkets(49_625), InTwoMarkets(49_624)),
        new("worth that a fee makes fall against margin", "worth falls against margin", InTwoMarkets(50_000, fee: 375), InTwoMarkets(50_000, fee: 376)),
        new("a liquidation at stale prices", "stale prices", Long(50_000).WithPrices(Desk.Now - 60, Desk.Price), Long(50_000).WithPrices(Desk.Now - 61, Desk.Price)),

        new("a taker who pays too much", "limit price", Long(49_500, taker: Buying(99_000)), Long(49_501, taker: Buying(99_000))),
        new("a taker who gets too little", "limit price", Short(50_500, taker: Selling(101_000)), Short(50_499, taker: Selling(101_000))),
        new("a taker's order signed by another", "bad signature", Long(50_000), Long(50_000, signedBy: (int)Desk.Alice)),
        new("a taker's order to sell that is made to buy", "bad signature", Long(50_000), Long(50_000, takerSells: true)),
        new("a taker without margin", "initial margin", Long(50_000).WithCash(Desk.Bob, 2_500), Long(50_000).WithCash(Desk.Bob, 2_499)),
        new("nobody liquidates himself", "same account on both sides", Long(50_000), Himself()),
    ];

    public static Batch Long(
        long quote,
        long size = 500,
        long cash = Debt,
        long fee = 0,
        Func<OrderSide, OrderSide>? taker = null,
        int signedBy = -1,
        bool takerSells = false)
    {
        var order = Desk.Order(Desk.Bob) with { Base = 2_000, Quote = 400_000 };
        return Desk.Liquidating(new Liquidation(1, size, quote, true, Desk.Alice, fee, Desk.Signed(taker?.Invoke(order) ?? order, 1, takerSells, signedBy)))
            .WithPosition(Desk.Alice, 1, 1000)
            .WithCash(Desk.Alice, cash);
    }

    private static Batch Short(long quote, long position = -1000, long cash = 102_000, long fee = 0, Func<OrderSide, OrderSide>? taker = null)
    {
        var order = Desk.Order(Desk.Bob) with { Base = 1_000, Quote = 0 };
        return Desk.Liquidating(new Liquidation(1, 500, quote, false, Desk.Alice, fee, Desk.Signed(taker?.Invoke(order) ?? order, 1, sells: true)))
            .WithPosition(Desk.Alice, 1, position)
            .WithCash(Desk.Alice, cash);
    }

    /// <summary>
    /// Alice is long 10,000 at 10 too, which need 5,000 to keep and only 500 not to be closed out, and is worth 2,250 of the 7,500 that she needs: with 500 fewer
    /// of the first market she needs 6,250, and 1,875 must be left.
    /// </summary>
    private static Batch InTwoMarkets(long quote, long fee = 0) => Long(quote, cash: 2_250 - 200_000, fee: fee)
        .WithPosition(Desk.Alice, 2, 10_000)
        .WithMarket(2, market => market with { Base = market.Base with { CloseOut = 5_000 } });

    private static Func<OrderSide, OrderSide> Buying(long quote) => order => order with { Base = 1_000, Quote = quote };

    private static Func<OrderSide, OrderSide> Selling(long quote) => order => order with { Quote = quote };

    /// <summary>Alice's position is in the other market: 10,000 at 10 need 5,000 to keep, and as much again above 200,000.</summary>
    private static Batch Elsewhere()
    {
        var batch = Long(50_000, cash: -96_000);
        return batch.With(Desk.Alice, account => account with { Positions = account.Positions.Clear().Add(2, new(10_000, 0)) });
    }

    private static Batch Himself() => Long(50_000, taker: order => order with { Account = Desk.Alice });
}
