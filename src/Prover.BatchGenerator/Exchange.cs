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
    private readonly Dictionary<long, EddsaPrivateKey> _owners = [];

    /// <summary>Makes the oracle's keys and the configuration.</summary>
    public Exchange(string seed)
    {
        _seed = seed;
        _oracles = [.. Enumerable.Range(0, Limits.Signers).Select(i => Key($"oracle {i}"))];
        Configuration = new(
            Poseidon.Hash(Fr.FromInteger(new BigInteger(Encoding.UTF8.GetBytes($"margin rollup {seed}"), isUnsigned: true))),
            MaxPriceAge: 60,
            MaxPriceMove: 100_000,
            InitialFraction: [50_000, 50_000, 100_000, 200_000],
            Signers: [.. _oracles.Select(key => key.PublicKey)]);
    }

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

    /// <summary>A tick in which each signer reports the prices with a small error of its own.</summary>
    public OracleTick Tick(long time, ImmutableArray<ulong> prices, params int[] signers) => new(
        time,
        [.. signers.Select((signer, i) => Report(
            signer, time, [.. prices.Select(price => price + ((ulong)(i + 1) * (price / 10_000)) - (price / 5_000))]))]);

    /// <summary>A deposit for an account's owner.</summary>
    public Deposit Deposit(long account, decimal dollars) => new(account, OwnerOf(account).PublicKey, Money(dollars));

    /// <summary>A signed order: the limit is a price per coin, the fee cap a thousandth of the notional.</summary>
    public OrderSide Order(long account, int market, bool sells, decimal coins, decimal limitPrice, uint id, long expiry, long fee)
    {
        var quote = Money(coins * limitPrice);
        return Sign(market, sells, new(account, Size(coins), quote, quote / 1000, id, expiry, fee, default));
    }

    /// <summary>The order with its owner's signature in place of whatever was there.</summary>
    public OrderSide Sign(int market, bool sells, OrderSide order) => OwnerOf(order.Account).SignOrder(Configuration, market, sells, order);

    /// <summary>One signer's report.</summary>
    public PriceReport Report(int signer, long time, ImmutableArray<ulong> prices) => _oracles[signer].SignPrices(Configuration, signer, time, prices);

    /// <summary>A signed withdrawal.</summary>
    public Withdrawal Withdraw(long account, uint nonce, decimal dollars, BigInteger recipient) =>
        OwnerOf(account).SignWithdrawal(Configuration, account, nonce, Money(dollars), recipient);

    private EddsaPrivateKey Key(string name) => new(Encoding.UTF8.GetBytes($"{_seed}, {name}, for tests and benchmarks only"));
}
