using System.Numerics;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>The first batch of a new rollup: prices, four deposits, four trades (two of which fill one order) and a withdrawal.</summary>
public static class FirstBatch
{
    /// <summary>2^20 accounts with four positions and 256 order slots each, four markets.</summary>
    public static BatchShape Shape { get; } = new(Depth: 10, Slots: 4, Markets: 4, Orders: 4, Deposits: 4, Trades: 4, Withdrawals: 1);

    /// <summary>Composes the batch.</summary>
    /// <param name="exchange">Whose keys sign.</param>
    /// <param name="shape">At least 4 markets, 4 deposit lanes, 4 trade lanes and a withdrawal lane.</param>
    /// <param name="time">The batch's time.</param>
    public static Batch Compose(Exchange exchange, BatchShape shape, long time)
    {
        var step = (1L << (2 * shape.Depth)) / 5;
        var (alice, bob, carol, dave) = (step, 2 * step, 3 * step, 4 * step);
        var expiry = time + 3600;
        Transaction[] transactions =
        [
            exchange.Tick(time - 5, [Exchange.Price(60_000), Exchange.Price(3_000), Exchange.Price(150), Exchange.Price(0.5m)], shape.Markets, 0, 1, 3),
            exchange.Deposit(alice, 50_000),
            exchange.Deposit(bob, 25_000),
            exchange.Deposit(carol, 10_000),
            exchange.Deposit(dave, 5_000),
            Match(1, alice, bob, coins: 1.5m, price: 60_010, buyerId: 1, sellerId: 1),
            // Carol's order for 20 is filled by two counterparties.
            Match(2, carol, dave, coins: 5, price: 2_999, buyerId: 7, sellerId: 3, buyerTotal: 20),
            Match(2, carol, bob, coins: 15, price: 3_000, buyerId: 7, sellerId: 2, buyerTotal: 20),
            Match(3, dave, alice, coins: 40, price: 150.25m, buyerId: 4, sellerId: 2),
            exchange.Withdraw(alice, 0, 2_500, BigInteger.Parse("0f39fd6e51aad88f6f4ce6ab8827279cfffb92266", System.Globalization.NumberStyles.HexNumber, null)),
        ];
        return new(shape, 1, time, exchange.Configuration, Exchange.Genesis(shape), [.. transactions]);

        Trade Match(int market, long buyer, long seller, decimal coins, decimal price, uint buyerId, uint sellerId, decimal buyerTotal = 0)
        {
            var quote = Exchange.Money(coins * price);
            var fee = quote / 5_000;
            return new(
                market,
                Exchange.Size(coins),
                quote,
                exchange.Order(buyer, market, sells: false, Math.Max(coins, buyerTotal), price + 1, buyerId, expiry, fee),
                exchange.Order(seller, market, sells: true, coins, price - 1, sellerId, expiry, fee));
        }
    }
}
