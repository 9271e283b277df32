using System.Collections.Immutable;
using Prover.BatchGenerator;

namespace Prover.Margin.Tests;

public class MarginBookTests
{
    /// <summary>Cash right at the margin, a millionth of a dollar to both sides of it, and any.</summary>
    [Fact]
    public void Finds_just_those_that_the_exact_check_finds()
    {
        var (atTheMargin, found) = (0, 0);
        Gen.Int.Sample(
            seed =>
            {
                var portfolios = new RandomPortfolios(seed);
                var book = new MarginBook();
                var below = new List<Deficiency>();
                for (var index = 0; index < 100; index += 4)
                {
                    var account = portfolios.Account();
                    book[index] = account;
                    Expect(index, account);
                    if (RandomPortfolios.LeastCash(account, portfolios.Markets) is { } least)
                    {
                        atTheMargin++;
                        foreach (var more in new[] { -1, 0, 1 })
                        {
                            book[index + more + 2] = account with { Cash = least + more };
                            Expect(index + more + 2, account with { Cash = least + more });
                            Assert.Equal(more < 0, below.Any(deficiency => deficiency.Account == index + more + 2));
                        }
                    }
                }

                var scan = book.Scan(portfolios.Markets);
                Assert.Equal(below, scan.Deficiencies);
                Assert.InRange(scan.Doubtful, below.Count, scan.Accounts);
                found += below.Count;

                void Expect(long index, Account account)
                {
                    if (Deficiency.Of(index, account, portfolios.Markets) is { } deficiency)
                        below.Add(deficiency);
                }
            },
            iter: 300,
            threads: 1);
        Assert.InRange(atTheMargin, 2_000, int.MaxValue);
        Assert.InRange(found, 3_000, int.MaxValue);
    }

    /// <summary>Market 1 at 100: 2.5 %, as much again above 1,000. 11 of it are worth 1,100 and need 25 and 5; half of that before close-out.</summary>
    [Theory]
    [InlineData(-1_070, 11, 0, null)]           // worth 30 of 30
    [InlineData(-1_071, 11, 0, false)]
    [InlineData(-1_085, 11, 0, false)]          // worth 15
    [InlineData(-1_086, 11, 0, true)]
    [InlineData(1_130, -11, 0, null)]
    [InlineData(1_129, -11, 0, false)]
    [InlineData(-1_070 + 22, 11, -2, null)]     // having 22 of funding to pay
    [InlineData(-1_071 + 22, 11, -2, false)]
    [InlineData(-1_070 - 22, 11, 2, null)]      // or to get
    [InlineData(-1_071 - 22, 11, 2, false)]
    [InlineData(0, 0, 0, null)]
    [InlineData(-1, 0, 0, true)]
    public void Tells_who_is_below_maintenance_and_who_below_close_out(long cash, long size, long snapshot, bool? isBelowCloseOut)
    {
        var margins = new Margins(50_000, 25_000, 12_500);
        var markets = new Markets(1, 1, [new(100UL << 32, 0, 0, margins, [new((System.Numerics.BigInteger)1_000 << 32, margins), Raise.None, Raise.None])]);
        var positions = ImmutableSortedDictionary<int, Position>.Empty;
        var account = Account.Empty with { Cash = cash, Positions = size == 0 ? positions : positions.Add(1, new(size, snapshot << 32)) };
        var book = new MarginBook { [7] = account };
        Assert.Equal(isBelowCloseOut, book.Scan(markets).Deficiencies.SingleOrDefault()?.IsBelowCloseOut);
    }

    [Fact]
    public void Numbers_at_the_limits_do_not_overflow()
    {
        var extremes = new[] { long.MinValue, long.MaxValue };
        var margins = new Margins(Limits.Million, Limits.Million, Limits.Million);
        foreach (var (funding, snapshot) in extremes.SelectMany(funding => extremes.Select(snapshot => (funding, snapshot))))
        {
            var market = new Market(ulong.MaxValue, funding, 0, margins, [new(1, margins), new(Limits.Notional - 1, margins), new(1, margins)]);
            var markets = new Markets(1, 1, [.. Enumerable.Repeat(market, Limits.Markets)]);
            foreach (var size in new[] { Limits.Size, -Limits.Size })
            {
                var account = Account.Empty with
                {
                    Cash = Math.Sign(size) * Limits.Cash,
                    Positions = Enumerable.Range(Limits.Markets - Limits.Slots + 1, Limits.Slots).ToImmutableSortedDictionary(number => number, _ => new Position(size, snapshot)),
                };
                Assert.Equal(Exact([new(3, account)], markets), new MarginBook { [3] = account }.Scan(markets).Deficiencies);
            }
        }
    }

    /// <summary>2⁴⁰ units get or pay nearly 2³¹ each, which is more than any account may have.</summary>
    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(-long.MaxValue, 1)]
    public void Cash_that_funding_brings_out_of_range_is_counted(long snapshot, int found)
    {
        var markets = Counter.Markets;
        var account = Account.Empty with { Cash = Limits.Cash, Positions = ImmutableSortedDictionary<int, Position>.Empty.Add(1, new(1L << 40, snapshot)) };
        Assert.Equal(found, new MarginBook { [3] = account }.Scan(markets).Deficiencies.Count);
    }

    [Fact]
    public void An_account_that_changes_is_scanned_as_it_is_now() =>
        Gen.Int.Sample(
            seed =>
            {
                var (random, portfolios) = (new Random(seed), new RandomPortfolios(seed));
                var accounts = new SortedDictionary<long, Account>();
                var book = new MarginBook();
                for (var i = 0; i < 120; i++)
                {
                    var index = random.Next(20) * 1_000_000L;
                    book[index] = accounts[index] = random.Next(5) == 0 ? Account.Empty : portfolios.Account(random.Next(1, Limits.Slots + 1));
                    Assert.Same(accounts[index], book[index]);
                    Assert.Equal(accounts.Count, book.Count);
                    if (i % 10 == 0)
                        Assert.Equal(Exact(accounts, portfolios.Markets), book.Scan(portfolios.Markets).Deficiencies);
                }
            },
            iter: 50);

    /// <summary>Several ranges of accounts, several ticks; nearly all accounts that are checked exactly are below.</summary>
    [Fact]
    public void Screens_out_nearly_all_that_are_above()
    {
        var random = new RandomBook(markets: 40, seed: 3);
        var accounts = random.Accounts(5_000, positions: 16).ToArray();
        var book = new MarginBook(accounts);
        for (var tick = 0; tick < 3; tick++)
        {
            var scan = book.Scan(random.Markets);
            Assert.Equal(Exact(accounts, random.Markets), scan.Deficiencies);
            Assert.InRange(scan.Deficiencies.Count, 1, 500);
            Assert.InRange(scan.Doubtful, scan.Deficiencies.Count, scan.Deficiencies.Count + 1);
            random.Tick();
        }
    }

    /// <summary>By the standing with which the executor itself decides, after batches of accepted transactions and should prices soar.</summary>
    [Fact]
    public void Agrees_with_the_executor_about_a_ledger()
    {
        var history = new RandomBatches(new Exchange("scans"), new(Depth: 3, Slots: 3, Markets: 5, Orders: 1, Deposits: 3, Trades: 4, Withdrawals: 2), seed: 5);
        var found = 0;
        for (var i = 0; i < 12; i++)
        {
            var ledger = BatchExecutor.Execute(history.Next()).Ledger;
            var soaring = ledger.Markets with { List = [.. ledger.Markets.List.Select(market => market with { Price = 100 * market.Price })] };
            foreach (var markets in new[] { ledger.Markets, soaring })
            {
                var below = ledger.Accounts.Where(item => !Standing.Of(Settlement.Of(item.Value, markets).Account, markets).HasMaintenanceMargin);
                var scan = new MarginBook(ledger.Accounts).Scan(markets);
                Assert.Equal(below.Select(item => item.Key).Order(), scan.Deficiencies.Select(deficiency => deficiency.Account));
                found += scan.Deficiencies.Count;
            }
        }

        Assert.InRange(found, 1, int.MaxValue);
    }

    [Theory]
    [InlineData(1, 16, true)]
    [InlineData(1, 17, false)]
    [InlineData(0, 16, false)]
    [InlineData(240, 16, true)]
    [InlineData(241, 16, false)]
    public void Accounts_that_cannot_be_are_refused(int firstMarket, int positions, bool isPossible)
    {
        var account = Account.Empty with { Positions = Enumerable.Range(firstMarket, positions).ToImmutableSortedDictionary(number => number, _ => new Position(1, 0)) };
        var book = new MarginBook();
        if (isPossible)
        {
            book[5] = account;
            Assert.Equal(1, book.Count);
        }
        else
        {
            Assert.Contains("Account 5 has", Assert.Throws<ArgumentException>(() => book[5] = account).Message, StringComparison.Ordinal);
            Assert.Equal(0, book.Count);
        }
    }

    private static Deficiency[] Exact(IEnumerable<KeyValuePair<long, Account>> accounts, Markets markets) =>
        [.. accounts.Select(item => Deficiency.Of(item.Key, item.Value, markets)).OfType<Deficiency>()];
}
