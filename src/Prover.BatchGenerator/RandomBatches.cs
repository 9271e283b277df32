using System.Collections.Immutable;
using System.Numerics;
using Prover.Margin;

namespace Prover.BatchGenerator;

/// <summary>
/// A random history of an exchange: batches whose transactions are all accepted, each starting where the one before ended. Lanes are
/// sometimes left unused, orders are filled in parts across batches, prices go stale, accounts trade close to their margin.
/// </summary>
public sealed partial class RandomBatches
{
    private const int Accounts = 6;

    private readonly Exchange _exchange;
    private BatchShape _shape;
    private readonly Random _random;
    private readonly List<(int Market, bool Sells, OrderSide Order)> _orders = [];
    private readonly long[] _accounts;
    private InitialState _state;
    private long _number;
    private long _time = 1_764_000_000;
    private uint _lastOrder;

    /// <summary>Starts a history.</summary>
    /// <param name="exchange">Whose keys sign.</param>
    /// <param name="shape">The shape of every batch that is not asked for in another.</param>
    /// <param name="seed">The same seed gives the same history.</param>
    public RandomBatches(Exchange exchange, BatchShape shape, int seed)
    {
        (_exchange, _shape, _random) = (exchange, shape, new Random(seed));
        _state = Exchange.Genesis(shape);
        var capacity = 1L << (2 * shape.Depth);
        _accounts = [.. Enumerable.Range(0, Accounts).Select(_ => _random.NextInt64(InsuranceFund.Account + 1, capacity)).Distinct()];
    }

    /// <summary>What was refused and is not in the last batch, with the reasons.</summary>
    public IReadOnlyList<Verdict> Refused { get; private set; } = [];

    /// <summary>The next batch, of another shape from now on.</summary>
    /// <exception cref="ArgumentException">The shape is of another size.</exception>
    public Batch Next(BatchShape shape)
    {
        if ((shape.Depth, shape.Slots, shape.Markets, shape.Scenarios, shape.Orders) != (_shape.Depth, _shape.Slots, _shape.Markets, _shape.Scenarios, _shape.Orders))
        {
            throw new ArgumentException("Batches of one history have trees of one size.", nameof(shape));
        }

        _shape = shape;
        return Next();
    }

    /// <summary>The next batch.</summary>
    public Batch Next()
    {
        // Now and then an hour passes, so that funding is due.
        _time += _random.Next(6) == 0 ? 3600 : _random.Next(1, 50);
        var batch = new Batch(_shape, ++_number, _time, _exchange.Configuration, _state, [.. Candidates()]);

        // What is refused leaves the state as it was, so the others are accepted without it as well.
        var result = BatchExecutor.Execute(batch);
        _state = InitialState.Of(result.Ledger);
        Refused = [.. result.Verdicts.Where(verdict => verdict.Rejection is not null)];
        return batch with { Transactions = [.. result.Verdicts.Where(verdict => verdict.Rejection is null).Select(verdict => verdict.Transaction)] };
    }

    private IEnumerable<Transaction> Candidates()
    {
        var prices = _state.Markets.List.Where(market => market.IsListed).Select(market => market.Price).ToImmutableArray();
        if (_random.Next(3) > 0 || _state.Markets.PriceTime == 0)
        {
            var time = _time - _random.Next(5);
            prices = NextPrices(prices, time);
            var tick = _exchange.Tick(time, prices, _shape.Markets, [.. Quorum()]);
            yield return _shape.Scenarios == 0 ? tick : _exchange.WithScenarios(tick, [.. Enumerable.Range(1, _shape.Markets).Select(number => NextShocks(number, prices, time))]);
        }

        var deposits = _random.Next(_shape.Deposits + 1);
        for (var i = 0; i < deposits; i++)
        {
            var account = Pick(_accounts);
            yield return new Deposit(account, _exchange.OwnerOf(account).PublicKey, _random.NextInt64(1, 1L << _random.Next(1, 44)));
        }

        var trades = _shape.Trades == 0 || _accounts.Length < 2 ? 0 : 4 * _random.Next(_shape.Trades + 1);
        for (var i = 0; i < trades; i++)
        {
            yield return NextTrade(prices);
        }

        var withdrawals = Math.Min(2 * _random.Next(_shape.Withdrawals + 1), _accounts.Length);
        foreach (var account in _accounts.Take(withdrawals))
        {
            yield return KeyOf(account).SignWithdrawal(_exchange.Configuration, account, Before(account).Nonce, Part(account), RandomAddress());
        }

        foreach (var transaction in Messages(prices).Concat(Requests()))
        {
            yield return transaction;
        }
    }

    private Trade NextTrade(ImmutableArray<ulong> prices)
    {
        var market = _random.Next(prices.Length) + 1;
        var buyer = Pick(_accounts);
        var seller = Pick([.. _accounts.Where(account => account != buyer)]);
        // Up to eight times the cash of the poorer side, which some of the markets allow and others refuse; often nearly so much where somebody is to be liquidated.
        var cash = Math.Clamp(Math.Min(Before(buyer).Cash, Before(seller).Cash), 1_000_000, 1L << 50);
        var most = ((BigInteger)cash << 35) / prices[market - 1] >> _random.Next(_shape.Liquidations > 0 ? 2 : 12);
        var size = _random.NextInt64(1, 2 + (long)BigInteger.Min(most, Limits.Size >> 4));

        // Now and then all that one of them has is closed.
        var closing = Math.Max(-Before(buyer).SizeIn(market), Before(seller).SizeIn(market));
        if (closing is > 0 and <= Limits.Size >> 4 && _random.Next(3) == 0)
        {
            size = closing;
        }

        var quote = (long)((BigInteger)size * prices[market - 1] >> 32);
        quote += quote / 1000 * _random.Next(-2, 3);
        return new(market, size, quote, Side(market, buyer, false, size, quote), Side(market, seller, true, size, quote));
    }

    /// <summary>A new order for some times as much as is traded now, or one that is already partly filled.</summary>
    private OrderSide Side(int market, long account, bool sells, long size, long quote)
    {
        var open = _orders.Where(item => item.Market == market && item.Sells == sells && item.Order.Account == account && item.Order.Base >= size).ToArray();
        if (open.Length == 0 || _random.Next(3) == 0)
        {
            var times = _random.Next(1, 4);
            var slack = quote / 50 * (sells ? -1 : 1);
            var total = times * Math.Max(0, quote + slack);
            var order = Signed(market, sells, new(account, times * size, total, total / 500, ++_lastOrder, _time + 60, _random.Next(4) == 0, 0, default));
            _orders.Add((market, sells, order));
            open = [(market, sells, order)];
        }

        var chosen = open[^1].Order;
        var cap = (long)((BigInteger)chosen.FeeCap * size / chosen.Base);
        return chosen with { Fee = _random.NextInt64(cap + 1) };
    }

    /// <summary>The next price of each market; where the shape has liquidations, if a few tries find such, prices at which somebody can be liquidated.</summary>
    private ImmutableArray<ulong> NextPrices(ImmutableArray<ulong> old, long time)
    {
        var next = old;
        for (var tries = _shape.Liquidations > 0 ? 50 : 1; tries > 0; tries--)
        {
            next = [.. old.Select(price => NextPrice(price, time))];
            if (BelowMaintenance(next).Any(deficiency => !deficiency.IsBelowCloseOut))
            {
                return next;
            }
        }

        return next;
    }

    /// <summary>Up or down by at most an eleventh, and by at most ten elevenths of what the time that has passed allows, which leaves room for the signers' errors.</summary>
    private ulong NextPrice(ulong old, long time)
    {
        if (old == 0)
        {
            return Exchange.Price(_random.Next(1, 100_000));
        }

        var reach = (ulong)BigInteger.Min(old, Reach(Market.None with { Price = old }, time) * 10) / 11;
        return old - reach + (ulong)_random.NextInt64((long)reach * 2);
    }

    /// <summary>How far a market's price and its shocks may have moved by a time.</summary>
    private BigInteger Reach(Market old, long time) =>
        PriceBand.Of(_state.Markets.PriceTime, Math.Max(time, _state.Markets.PriceTime), _exchange.Configuration).Reach(old);

    /// <summary>Falls and rises of up to four times the close-out margin, as far as the time that has passed allows.</summary>
    private ImmutableArray<long> NextShocks(int number, ImmutableArray<ulong> prices, long time)
    {
        var (old, reach) = (_state.Markets[number], Reach(_state.Markets[number], time));
        var least = number > prices.Length ? 0 : (long)((BigInteger)prices[number - 1] * old.Base.CloseOut / Limits.Million) + 2;
        var turned = _random.Next(2);
        return [.. old.Shocks.Select((before, k) => Near(before, ((k + turned) % 2 == 0 ? -1 : 1) * (long)(least * (0.97 + (3 * _random.NextDouble())))))];

        long Near(long before, long shock) =>
            old.Price == 0 ? shock : before + (long)BigInteger.Max(-reach, BigInteger.Min(shock - before, reach));
    }

    private IEnumerable<int> Quorum()
    {
        var missing = _random.Next(Limits.Signers);
        return Enumerable.Range(0, Limits.Signers).Where(signer => signer != missing);
    }

    /// <summary>Some of an account's cash, or one if it has none.</summary>
    private long Part(long account) => 1 + (Math.Max(0, Before(account).Cash) >> _random.Next(1, 20));

    private Account Before(long account) => _state.Accounts.GetValueOrDefault(account, Account.Empty);

    private BigInteger RandomAddress()
    {
        var bytes = new byte[20];
        _random.NextBytes(bytes);
        return new(bytes, isUnsigned: true);
    }

    private long Pick(long[] accounts) => accounts[_random.Next(accounts.Length)];
}
