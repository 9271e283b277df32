using System.Collections.Immutable;
using System.Numerics;
using Prover.BatchGenerator;
using Prover.Primitives;

namespace Prover.Margin.Tests;

/// <summary>An exchange with round prices: market 1 at 100, market 2 at 10 (10⁻⁶ USD per unit of size), with 5 % margin each.</summary>
internal static class Counter
{
    public const long Now = 1_764_000_000;
    public const long Alice = 1;
    public const long Bob = 6;
    public const long Carol = 9;

    public static Exchange Exchange { get; } = new("counter");

    public static BatchShape Shape { get; } = new(Depth: 2, Slots: 3, Markets: 4, Orders: 1, Deposits: 2, Trades: 3, Withdrawals: 2);

    public static ImmutableArray<ulong> Price { get; } = [100UL << 32, 10UL << 32, 1UL << 32, 1UL << 31];

    /// <summary>Priced ten seconds ago, funding just charged.</summary>
    public static Markets Markets { get; } =
        new(Now - 10, Now - 10, [.. Exchange.Genesis(Shape).Markets.List.Zip(Price, (market, price) => market with { Price = price })]);

    /// <summary>5 in 10⁻⁶ USD.</summary>
    public static BigInteger House { get; } = (BigInteger)5 << 32;

    /// <summary>What accounts and house can claim in all, with 32 fractional bits, but for funding that is not paid yet: as sizes cancel, so does that.</summary>
    public static BigInteger Claims(Ledger ledger) => ledger.Accounts.Values.Aggregate(ledger.House, (sum, account) => sum + ((BigInteger)account.Cash << 32)
        + account.Positions.Values.Aggregate(BigInteger.Zero, (part, position) => part + ((BigInteger)position.Size * position.Funding)));

    /// <summary>In each market sizes add up to nothing, and all that is long is its open interest.</summary>
    public static void AssertSizesCancel(Ledger ledger)
    {
        for (var market = 1; market <= ledger.Markets.Count; market++)
        {
            var sizes = ledger.Accounts.Values.Select(account => account.SizeIn(market)).ToArray();
            Assert.Equal(0, sizes.Sum());
            Assert.Equal(ledger.Markets[market].OpenInterest, sizes.Where(size => size > 0).Sum());
        }
    }

    public static Batch Batch(params ImmutableArray<Transaction> transactions) =>
        new(Shape, 7, Now, Exchange.Configuration, new(Markets, House, Accounts(Alice, Bob)), transactions);

    public static Trade Trade(long size, long quote, long buyerFee = 0, long sellerFee = 0, uint id = 3, long whole = 10_000, int market = 1) => new(
        market,
        size,
        quote,
        Order(Alice, market, sells: false, new(Alice, whole, 2 * 100 * whole, whole, id, Now, false, buyerFee, default)),
        Order(Bob, market, sells: true, new(Bob, whole, 0, whole, id, Now, false, sellerFee, default)));

    public static Withdrawal Withdraw(long account, long amount, uint nonce = 0) =>
        Exchange.OwnerOf(account).SignWithdrawal(Exchange.Configuration, account, nonce, amount, 0xABCDEF);

    public static Deposit Deposit(long account, long amount) => new(account, Exchange.OwnerOf(account).PublicKey, amount);

    private static OrderSide Order(long account, int market, bool sells, OrderSide unsigned) =>
        Exchange.OwnerOf(account).SignOrder(Exchange.Configuration, market, sells, unsigned);

    private static ImmutableSortedDictionary<long, Account> Accounts(params long[] owners) => owners.ToImmutableSortedDictionary(
        account => account, account => Account.Empty with { Owner = Exchange.OwnerOf(account).PublicKey, Cash = 1_000_000 });
}
