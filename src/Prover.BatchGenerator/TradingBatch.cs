using System.Numerics;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>A batch of a rollup in use that fills every lane of its shape: prices, deposits, trades between accounts with money, withdrawals.</summary>
public static class TradingBatch
{
    private const int MostAccounts = 16;
    private const decimal Funds = 100_000;

    private static readonly decimal[] Prices = [60_000, 3_000, 150, 0.5m];
    private static readonly decimal[] Coins = [0.01m, 0.2m, 4, 1_000];
    private static readonly BigInteger Recipient = (BigInteger.One << 159) + 1;

    /// <summary>Composes the batch.</summary>
    /// <param name="exchange">Whose keys sign.</param>
    /// <param name="shape">The lanes to fill.</param>
    /// <param name="time">The batch's time.</param>
    public static Batch Compose(Exchange exchange, BatchShape shape, long time)
    {
        var capacity = 1L << (2 * shape.Depth);
        var count = (int)Math.Min(MostAccounts, capacity - 1);

        // All but account 0, which is the insurance fund.
        long[] accounts = [.. Enumerable.Range(0, count).Select(i => 1 + (i * ((capacity - 1) / count)))];
        List<Transaction> transactions = [exchange.Tick(time - 5, [.. Prices.Take(shape.Markets).Select(Exchange.Price)], shape.Markets, 0, 1, 3)];
        for (var i = 0; i < shape.Deposits; i++)
        {
            transactions.Add(exchange.Deposit(accounts[i % count], 1_000 + i));
        }

        for (var i = 0; i < shape.Trades; i++)
        {
            transactions.Add(Match(i));
        }

        for (var i = 0; i < shape.Withdrawals; i++)
        {
            transactions.Add(exchange.Withdraw(accounts[i % count], (uint)(i / count), 10 + i, Recipient));
        }

        return new(shape, 2, time, exchange.Configuration, Funded(exchange, shape, time - 60, accounts), [.. transactions]);

        // Neighbours trade with each other; each order is filled by its only match.
        Trade Match(int number)
        {
            var market = number % Math.Min(Math.Min(Prices.Length, shape.Markets), shape.Slots);
            var (buyer, seller) = (accounts[number % count], accounts[(number + 1) % count]);
            var (coins, price, id) = (Coins[market], Prices[market], (uint)number + 1);
            var quote = Exchange.Money(coins * price);
            var (fee, expiry) = (quote / 5_000, time + 3600);
            return new(
                market + 1,
                Exchange.Size(coins),
                quote,
                exchange.Order(buyer, market + 1, sells: false, coins, price * 1.01m, id, expiry, fee),
                exchange.Order(seller, market + 1, sells: true, coins, price * 0.99m, id, expiry, fee));
        }
    }

    /// <summary>The state after a batch that gave every account its money.</summary>
    private static InitialState Funded(Exchange exchange, BatchShape shape, long time, long[] accounts)
    {
        var funding = shape with { Deposits = accounts.Length, Trades = 0, Withdrawals = 0 };
        var batch = new Batch(funding, 1, time, exchange.Configuration, Exchange.Genesis(shape), [.. accounts.Select(account => exchange.Deposit(account, Funds))]);
        return InitialState.Of(BatchExecutor.Execute(batch).Ledger);
    }
}
