using System.Numerics;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>The rules of circuits/margin/trade.circuit and risk.circuit, for both sides.</summary>
internal static partial class TradeCases
{
    private const string BuyerPaysTooMuch = "limit price: the buyer pays too much";
    private const string SellerGetsTooLittle = "limit price: the seller gets too little";

    public static IEnumerable<RuleCase> All =>
    [
        new("the same account on both sides", "same account on both sides", Traded(Desk.Trade()), Traded(Desk.Trade(seller: order => order with { Account = Desk.Alice, Id = 4 }))),
        new("a trade at stale prices", "stale prices", AtPricesOf(Desk.Now - 60), AtPricesOf(Desk.Now - 61)),
        new("a trade without prices, whose time is 0, at the greatest age that can be allowed", "stale prices", AtOldestPricesOf(Desk.Now - Limits.PriceAge), AtOldestPricesOf(0)),

        // 1,000 at 100 need 5 % or 5,000 of the account's own, and the fee comes on top.
        new("the buyer's margin", "initial margin", WithCash(Desk.Alice, 5000), WithCash(Desk.Alice, 4999)),
        new("the seller's margin", "initial margin", WithCash(Desk.Bob, 5000), WithCash(Desk.Bob, 4999)),
        new("the buyer's margin after a fee", "initial margin", WithFee(5020, Desk.Alice), WithFee(5019, Desk.Alice)),
        new("the seller's margin after a fee", "initial margin", WithFee(5020, Desk.Bob), WithFee(5019, Desk.Bob)),
        new("the margin of two positions", "initial margin", WithSecondPosition(5100), WithSecondPosition(5099)),
        .. Risks,

        Both("an order expired", "order expired", order => order with { Expiry = Desk.Now }, order => order with { Expiry = Desk.Now - 1 }),
        Both("an order overfilled at once", "order overfilled", order => order with { Base = 1000 }, order => Rescaled(order, 999)),
        Both("a fee above its cap", "fee above its cap", order => order with { Fee = 40 }, order => order with { Fee = 41 }),
        Both("a fee above its share of the cap", "fee above its cap", order => Rescaled(order, 2000) with { Fee = 20 }, order => Rescaled(order, 2000) with { Fee = 21 }),
        new("a superseded order", "order superseded", WithSlot(7, 7), WithSlot(7, 3)),
        new("an order filled up", "order overfilled", WithSlot(3, 3, filled: 1000, orderBase: 2000), WithSlot(3, 3, filled: 1001, orderBase: 2000)),
        new("a newer order starts empty, the same does not", "order overfilled", WithSlot(3, 7, filled: 1000), WithSlot(7, 7, filled: 1000)),

        new("the buyer's limit", BuyerPaysTooMuch, Traded(Desk.Trade(quote: 100_000, seller: Cheap)), Traded(Desk.Trade(quote: 100_001, seller: Cheap))),
        new("the seller's limit", SellerGetsTooLittle, Traded(Desk.Trade(quote: 100_000, buyer: Generous)), Traded(Desk.Trade(quote: 99_999, buyer: Generous))),
        new("the buyer's limit for a part", BuyerPaysTooMuch, Part(33_333, Cheap), Part(33_334, Cheap)),

        new("the buyer's order signed by another", "bad signature", Traded(Desk.Trade()), Traded(Resigned(Desk.Alice, Desk.Bob))),
        new("the seller's order signed by another", "bad signature", Traded(Desk.Trade()), Traded(Resigned(Desk.Bob, Desk.Alice))),
        new("a buyer's order used to sell", "bad signature", Traded(Desk.Trade()), Traded(Desk.Trade() with { Seller = Desk.Signed(Desk.Order(Desk.Bob), 1, sells: false) })),
        new("an order for another market", "bad signature", Traded(Desk.Trade(market: 2)), Traded(Desk.Trade() with { Market = 2 })),
        new("an order that is no longer reduce-only", "bad signature", Closing(signed: true, shown: true), Closing(signed: true, shown: false)),
        new("a market that is not listed", "market not listed", Listed(2), Listed(1)),
        new("a market that has no price yet", "market not listed", Priced(1), Priced(0)),
        new("a market that there is not", "market not listed", Traded(Desk.Trade(market: 2)), Traded(Desk.Trade(market: 3))),
        new("an order with a later expiry than signed", "bad signature", Traded(Desk.Trade()), Traded(Changed(order => order with { Expiry = order.Expiry + 1 }))),
        new("an order with a better limit than signed", "bad signature", Traded(Desk.Trade()), Traded(Changed(order => order with { Quote = order.Quote + 1 }))),
        new("an order with a larger base than signed", "bad signature", Traded(Desk.Trade()), Traded(Changed(order => order with { Base = order.Base + 1 }))),
        new("an order with a higher fee cap than signed", "bad signature", Traded(Desk.Trade()), Traded(Changed(order => order with { FeeCap = order.FeeCap + 1 }))),
        new("an order with another id than signed", "bad signature", Traded(Desk.Trade()), Traded(Changed(order => order with { Id = order.Id + 4 }))),

        new("a debt beyond half of the range", "collateral out of range", Paying(Limits.Quote), Paying(Limits.Quote, cash: -1)),
        new("a credit beyond half of the range", "collateral out of range", Receiving(0), Receiving(1)),
        new("a long position beyond its range", "position too large", Long(Limits.Size - 1000), Long(Limits.Size - 999)),
        new("more open than may be", "open interest out of range", Open(Limits.Size - 1000, price: 1), Open(Limits.Size - 999, price: 1)),
        new("more open than may be at the price", "open interest out of range", Open((1L << 45) - 1001, 1UL << 51), Open((1L << 45) - 1000, 1UL << 51)),
        new("less open than is closed", "open interest out of range", Closed(1000), Closed(999)),
        new("fees beyond their range", "fees out of range", WithHouse(Limits.Notional - (20L << 32) - 1), WithHouse(Limits.Notional - (20L << 32))),
    ];

    private static Batch Traded(Trade trade) => Desk.Batch(trade);

    private static Batch AtPricesOf(long time) => Traded(Desk.Trade()).WithPrices(time, Desk.Price);

    private static Batch AtOldestPricesOf(long time) =>
        AtPricesOf(time) with { Configuration = Desk.Configuration with { MaxPriceAge = (uint)Limits.PriceAge } };

    private static Batch WithCash(long account, long cash) => Traded(Desk.Trade()).WithCash(account, cash);

    private static Batch WithFee(long cash, long account) =>
        Traded(Desk.Trade(buyer: order => order with { Fee = 20 }, seller: order => order with { Fee = 20 })).WithCash(account, cash);

    // Short 100 at 10 are worth −1,000 and need 10 % or 100; the cash of 1,000 that the sale brought makes up for the worth.
    private static Batch WithSecondPosition(long own) =>
        WithCash(Desk.Alice, own + 1000).WithPosition(Desk.Alice, 2, -100);

    /// <summary>The same change on the buyer of the accepted and of the refused batch; the seller's twin is covered by the same function of the circuit.</summary>
    private static RuleCase Both(string name, string message, Func<OrderSide, OrderSide> accepted, Func<OrderSide, OrderSide> refused) =>
        new(name, message, Traded(Desk.Trade(buyer: accepted, seller: accepted)), Traded(Desk.Trade(buyer: accepted, seller: refused)));

    private static OrderSide Rescaled(OrderSide order, long size) => order with { Base = size, Quote = 100 * size };

    private static Batch WithSlot(uint slotId, uint id, long filled = 0, long orderBase = 1000) =>
        Traded(Desk.Trade(buyer: order => Rescaled(order, orderBase) with { Id = id }))
            .With(Desk.Alice, account => account with { Orders = account.Orders.SetItem(3, new(slotId, filled)) });

    private static OrderSide Cheap(OrderSide order) => order with { Quote = 0 };

    private static OrderSide Generous(OrderSide order) => order with { Quote = 200_000 };

    // A third of an order for 1,000 up to 100,000 may cost 33,300; of one for 999 up to 99,999 it may cost 33,333.
    private static Batch Part(long quote, Func<OrderSide, OrderSide> seller) =>
        Traded(Desk.Trade(size: 333, quote: quote, buyer: order => order with { Base = 999, Quote = 99_999 }, seller: seller));

    private static Trade Resigned(long account, long by) => account == Desk.Alice
        ? Desk.Trade() with { Buyer = Desk.Signed(Desk.Order(Desk.Alice), 1, sells: false, (int)by) }
        : Desk.Trade() with { Seller = Desk.Signed(Desk.Order(Desk.Bob), 1, sells: true, (int)by) };

    private static Trade Changed(Func<OrderSide, OrderSide> change)
    {
        var trade = Desk.Trade();
        return trade with { Buyer = change(trade.Buyer) };
    }

    // A position of 2⁵⁵ at a price of 2⁸ is worth 2⁶³, which pays for a debt of 2⁶¹.
    private static Batch Paying(long quote, long cash = 0) =>
        Traded(Desk.Trade(quote: quote, buyer: order => order with { Quote = quote }))
            .WithPrices(Desk.PriceTime, [1UL << 40, 1])
            .WithCash(Desk.Bob, 0)
            .WithPosition(Desk.Alice, 1, (1L << 55) - 1000)
            .WithCash(Desk.Alice, cash);

    private static Batch Receiving(long more) => Traded(Desk.Trade(quote: 100_000)).WithCash(Desk.Bob, Limits.TradedCash - 100_000 + more);

    private static Batch Long(long before) => Traded(Desk.Trade()).WithPrices(Desk.PriceTime, [1, 1]).WithPosition(Desk.Alice, 1, before)
        .WithMarket(1, market => market with { OpenInterest = 0 });

    private static Batch Open(long before, ulong price) =>
        Traded(Desk.Trade()).WithPrices(Desk.PriceTime, [price, 1]).WithMarket(1, market => market with { OpenInterest = before })
            .WithCash(Desk.Alice, Limits.TradedCash / 2).WithCash(Desk.Bob, Limits.TradedCash / 2);

    // Alice closes a short position and Bob a long one: so much less is open.
    private static Batch Closed(long open) => Traded(Desk.Trade()).WithPosition(Desk.Alice, 1, -1000).WithPosition(Desk.Bob, 1, 1000)
        .WithMarket(1, market => market with { OpenInterest = open });

    private static Batch Listed(int markets) => Traded(Desk.Trade(market: 2, quote: 0, seller: order => order with { Quote = 0 }))
        .WithMarket(2, market => markets == 2 ? market : Market.None);

    private static Batch Closing(bool signed, bool shown)
    {
        var trade = Desk.Trade(buyer: order => order with { ReduceOnly = signed });
        return Traded(trade with { Buyer = trade.Buyer with { ReduceOnly = shown } }).WithPosition(Desk.Alice, 1, -1000);
    }

    private static Batch WithHouse(BigInteger house)
    {
        var batch = Traded(Desk.Trade(buyer: order => order with { Fee = 10 }, seller: order => order with { Fee = 10 }));
        return batch with { State = batch.State with { House = house } };
    }

    /// <summary>Whatever is traded without a price would ask for no margin.</summary>
    private static Batch Priced(ulong price) => Traded(Desk.Trade(market: 2)).WithPrices(Desk.PriceTime, [Desk.Price[0], price]);
}
