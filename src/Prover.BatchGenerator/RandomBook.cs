using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>Markets and many accounts, without keys, trees or open interest: what a scan works on.</summary>
/// <remarks>
/// Positions are worth 10 to 100,000 dollars. Equity is 0.99 to 11 times the maintenance margin, evenly spread, so that some 0.1 % of the accounts
/// are below it.
/// </remarks>
public sealed class RandomBook
{
    private const double Unit = 1e6 * (1L << 32);
    private const double MostMove = 0.005;

    private readonly Random _random;

    /// <summary>Markets with random prices and funding.</summary>
    /// <param name="markets">How many, 1 to 255.</param>
    /// <param name="seed">The same seed gives the same markets and accounts.</param>
    public RandomBook(int markets, int seed)
    {
        _random = new(seed);
        Markets = Markets.Unpriced(markets, [.. Enumerable.Range(0, markets).Select(i => Exchange.Listed[i % Exchange.Listed.Length] with
        {
            Price = Exchange.Price((decimal)Spread(0.01, 100_000)),
            Funding = _random.NextInt64(-1L << 32, 1L << 32),
        })]);
    }

    /// <summary>The markets as they are now.</summary>
    public Markets Markets { get; private set; }

    /// <summary>Accounts 0, 1, 2, …</summary>
    /// <param name="count">How many.</param>
    /// <param name="positions">How many positions each has, at most as many as there are markets.</param>
    public IEnumerable<KeyValuePair<long, Account>> Accounts(int count, int positions)
    {
        int[] numbers = [.. Enumerable.Range(1, Markets.Count)];
        for (var index = 0; index < count; index++)
        {
            _random.Shuffle(numbers);
            var held = numbers.Take(positions).ToImmutableSortedDictionary(number => number, number => Position(Markets[number]));
            var standing = Standing.Of(Account.Empty with { Positions = held }, Markets);
            var need = (double)standing.Maintenance / Limits.Million;
            var equity = need * (0.99 + (10 * _random.NextDouble()));
            yield return new(index, Account.Empty with { Cash = (long)((equity - (double)standing.Value) / (1L << 32)), Positions = held });
        }
    }

    /// <summary>Moves every price by up to half a percent.</summary>
    public void Tick() => Markets = Markets with
    {
        List = [.. Markets.List.Select(market => market with { Price = (ulong)(market.Price * (1 + (MostMove * ((2 * _random.NextDouble()) - 1)))) })],
    };

    private Position Position(Market market)
    {
        var size = Math.Max(1, (long)(Spread(10, 100_000) * Unit / market.Price));
        return new(_random.Next(2) == 0 ? size : -size, market.Funding);
    }

    /// <summary>As often between 1 and 10 as between 10 and 100.</summary>
    private double Spread(double least, double most) => least * Math.Pow(most / least, _random.NextDouble());
}
