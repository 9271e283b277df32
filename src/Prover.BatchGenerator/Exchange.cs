using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Prover.Margin;
using Prover.Primitives;

namespace Prover.BatchGenerator;

/// <summary>A small exchange with its own keys, all derived from a seed, that writes signed transactions.</summary>
public sealed class Exchange
{
    private readonly string _seed;
    private readonly EddsaPrivateKey[] _oracles;
    private readonly EddsaPrivateKey _governance;
    private readonly Dictionary<long, EddsaPrivateKey> _owners = [];

    /// <summary>Makes the oracle's keys, the governance's and the configuration.</summary>
    public Exchange(string seed)
    {
        _seed = seed;
        _oracles = [.. Enumerable.Range(0, Limits.Signers).Select(i => Key($"oracle {i}"))];
        _governance = Key("governance");
        Configuration = new(
            Poseidon.Hash(Fr.FromInteger(new BigInteger(Encoding.UTF8.GetBytes($"margin rollup {seed}"), isUnsigned: true))),
            MaxPriceAge: 60,
            MaxPriceMove: 100_000,
            FundingInterval: 3600,
            MaxFunding: 1_000,
            Signers: [.. _oracles.Select(key => key.PublicKey)],
            Governance: _governance.PublicKey);
    }

    /// <summary>
    /// Four markets: 5, 5, 10 and 20 % initial margin, half of it to keep a position; twice as much above a million dollars, four times above ten.
    /// </summary>
    public static ImmutableArray<Market> Listed { get; } = [Market(50_000), Market(50_000), Market(100_000), Market(200_000)];

    /// <summary>What the deployment fixes.</summary>
    public Configuration Configuration { get; }

    /// <summary>The key of an account's owner.</summary>
    public EddsaPrivateKey OwnerOf(long account)
    {
        if (!_owners.TryGetValue(account, out var key))
        {
            _owners[account] = key = Key(string.Create(CultureInfo.InvariantCulture, $"owner {account}"));
        }

        return key;
    }

    /// <summary>A price in dollars for one unit of size, where a unit is 10⁻⁸ of a coin: 10⁻⁶ USD in 32.32 fixed point.</summary>
    public static ulong Price(decimal dollarsPerCoin) => (ulong)((BigInteger)(dollarsPerCoin * 1_000_000m) * (BigInteger.One << 32) / 100_000_000);

    /// <summary>A size in units of 10⁻⁸ of a coin.</summary>
    public static long Size(decimal coins) => (long)(coins * 100_000_000m);

    /// <summary>Dollars as 10⁻⁶ USD.</summary>
    public static long Money(decimal dollars) => (long)(dollars * 1_000_000m);

    /// <summary>The state before the first batch: the listed markets, as many others as the shape has room for, and no accounts.</summary>
    public static InitialState Genesis(BatchShape shape) => 
        InitialState.Of(Markets.Unpriced(shape.Markets, [.. Listed.Take(shape.Markets)]).WithScenarios(shape.Scenarios));

    /// <summary>A tick in which each signer reports the prices, and rates of 100 parts per million, with a small error of its own.</summary>
    /// <param name="time">When it is signed.</param>
    /// <param name="prices">The prices of the first markets; those of others, which are not listed, are 0.</param>
    /// <param name="markets">How many markets there are.</param>
    /// <param name="signers">Who reports.</param>
    public OracleTick Tick(long time, ImmutableArray<ulong> prices, int markets, params int[] signers) => new(
        time,
        [.. signers.Select((signer, i) => Report(
            signer,
            time,
            [.. Enumerable.Range(0, markets).Select(m => m >= prices.Length ? new Quoted(0, 0)
                : new Quoted(prices[m] + ((ulong)(i + 1) * (prices[m] / 10_000)) - (prices[m] / 5_000), 99 + i))]))]);

    /// <summary>The tick with scenarios, which all who report sign as well.</summary>
    public OracleTick WithScenarios(OracleTick tick, ImmutableArray<ImmutableArray<long>> shocks) => tick with
    {
        Shocks = shocks,
        Reports = [.. tick.Reports.Select(report => _oracles[report.Signer].SignPrices(Configuration, report.Signer, tick.Time, report.Quoted, shocks))],
    };

    /// <summary>A deposit for an account's owner.</summary>
    public Deposit Deposit(long account, decimal dollars) => new(account, OwnerOf(account).PublicKey, Money(dollars));

    /// <summary>A signed order: the limit is a price per coin, the fee cap a thousandth of the notional.</summary>
    public OrderSide Order(long account, int market, bool sells, decimal coins, decimal limitPrice, uint id, long expiry, long fee)
    {
        var quote = Money(coins * limitPrice);
        return Sign(market, sells, new(account, Size(coins), quote, quote / 1000, id, expiry, false, fee, default));
    }

    /// <summary>The order with its owner's signature in place of whatever was there.</summary>
    public OrderSide Sign(int market, bool sells, OrderSide order) => OwnerOf(order.Account).SignOrder(Configuration, market, sells, order);

    /// <summary>One signer's report.</summary>
    public PriceReport Report(int signer, long time, ImmutableArray<Quoted> quoted) => _oracles[signer].SignPrices(Configuration, signer, time, quoted);

    /// <summary>A signed change of a market's margins, so many updates having been made before.</summary>
    public MarketUpdate Update(uint updates, int market, Margins margins, ImmutableArray<Raise> raises) =>
        Sign(updates, new(market, margins, raises, default));

    /// <summary>The update with the governance's signature in place of whatever was there.</summary>
    public MarketUpdate Sign(uint updates, MarketUpdate update) => _governance.SignUpdate(Configuration, updates, update);

    /// <summary>A signed withdrawal.</summary>
    public Withdrawal Withdraw(long account, uint nonce, decimal dollars, BigInteger recipient, int chain = 0) =>
        OwnerOf(account).SignWithdrawal(Configuration, account, nonce, Money(dollars), recipient, chain);

    private static Market Market(int initial)
    {
        var margins = new Margins(initial, initial / 2, initial / 4);
        return Margin.Market.None with { Base = margins, Raises = [Above(1_000_000, margins), Above(10_000_000, margins), Raise.None] };
    }

    private static Raise Above(long dollars, Margins by) => new((BigInteger)Money(dollars) << 32, by);

    private EddsaPrivateKey Key(string name) => new(Encoding.UTF8.GetBytes($"{_seed}, {name}, for tests and benchmarks only"));
}
