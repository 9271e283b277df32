using System.Collections.Immutable;
using System.Numerics;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>The state of an exchange before a crash: pairs of traders, one long and one short of the same, each with a leverage of its own.</summary>
/// <remarks>
/// Notionals are 100 to 20,000 dollars a position, one or two positions an account. Leverage is 0.2 to 8, low ones more often, and never more than the
/// initial margin allows. The insurance fund has a two-hundredth of all notional, a market maker a fifth.
/// </remarks>
public static class CrashBook
{
    /// <summary>The account of the market maker, whose orders take what is liquidated.</summary>
    public const long Maker = InsuranceFund.Account + 1;

    private const long FirstTrader = Maker + 1;

    private static readonly decimal[] Prices = [60_000, 3_000, 150, 0.5m];

    /// <summary>The least tree that holds so many traders, in the lanes of a batch for a crash.</summary>
    public static BatchShape ShapeFor(int traders) => new(
        Depth: Enumerable.Range(1, 12).First(depth => 1L << (2 * depth) >= traders + FirstTrader), Slots: 4, Markets: 4, Orders: 4, Deposits: 0, Trades: 0, Withdrawals: 0)
    {
        Liquidations = 4, Sweeps = 1, TakeOvers = 10, Deleverages = 15,
    };

    /// <summary>Composes the state.</summary>
    /// <param name="exchange">Whose accounts they are.</param>
    /// <param name="shape">Enough accounts and at most four markets.</param>
    /// <param name="traders">How many, an even number.</param>
    /// <param name="time">When prices were signed and funding was charged.</param>
    /// <param name="seed">The same seed gives the same state.</param>
    public static InitialState Compose(Exchange exchange, BatchShape shape, int traders, long time, int seed)
    {
        var (random, key) = (new Random(seed), exchange.OwnerOf(FirstTrader).PublicKey);
        var genesis = Exchange.Genesis(shape).Markets;
        var markets = genesis with { PriceTime = time, FundingTime = time, List = [.. genesis.List.Zip(Prices, (market, price) => market with { Price = Exchange.Price(price) })] };
        var accounts = ImmutableSortedDictionary.CreateBuilder<long, Account>();
        var open = new long[markets.Count];
        for (var i = 0; i < traders; i += 2)
        {
            var held = Positions(random, markets, shape.Slots);
            foreach (var (market, position) in held)
            {
                open[market - 1] += position.Size;
            }

            accounts[FirstTrader + i] = Trader(random, held, markets) with { Owner = key };
            accounts[FirstTrader + i + 1] = Trader(random, Opposite(held), markets) with { Owner = key };
        }

        markets = markets with { List = [.. markets.List.Zip(open, (market, size) => market with { OpenInterest = size })] };
        var notional = (long)markets.List.Aggregate(BigInteger.Zero, (sum, market) => sum + (((BigInteger)market.OpenInterest * market.Price) >> 32));
        accounts[InsuranceFund.Account] = Account.Empty with { Owner = exchange.OwnerOf(InsuranceFund.Account).PublicKey, Cash = notional / 200 };
        accounts[Maker] = Account.Empty with { Owner = exchange.OwnerOf(Maker).PublicKey, Cash = notional / 5 };
        return new(markets, BigInteger.Zero, accounts.ToImmutable());
    }

    private static ImmutableSortedDictionary<int, Position> Positions(Random random, Markets markets, int slots)
    {
        int[] numbers = [.. Enumerable.Range(1, markets.Count)];
        random.Shuffle(numbers);
        return numbers.Take(random.Next(1, Math.Min(slots, Math.Min(2, markets.Count)) + 1)).ToImmutableSortedDictionary(
            number => number, number => new Position(Math.Max(1, (long)(100 * Math.Pow(200, random.NextDouble()) * 1e6 * (1L << 32) / markets[number].Price)), 0));
    }

    private static ImmutableSortedDictionary<int, Position> Opposite(ImmutableSortedDictionary<int, Position> held) =>
        held.ToImmutableSortedDictionary(item => item.Key, item => item.Value with { Size = -item.Value.Size });

    private static Account Trader(Random random, ImmutableSortedDictionary<int, Position> held, Markets markets)
    {
        var positions = PositionMargin.Of(Account.Empty with { Positions = held }, markets);
        var standing = Standing.Of(BigInteger.Zero, positions, portfolio: false);
        var notional = (double)positions.Aggregate(BigInteger.Zero, (sum, position) => sum + position.Notional);
        var leverage = 0.2 * Math.Pow(40, Math.Pow(random.NextDouble(), 2));
        var equity = Math.Max(notional / leverage, 1.02 * (double)standing.Initial / Limits.Million);
        return Account.Empty with { Cash = (long)((equity - (double)standing.Value) / (1L << 32)), Positions = held };
    }
}
