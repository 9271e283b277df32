using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin.Tests;

/// <summary>What trades and withdrawals do with positions and their funding, and what they may not do.</summary>
public class PositionTests
{
    [Fact]
    public void Only_listed_markets_are_traded()
    {
        var batch = Counter.Batch(Counter.Trade(1, 100), Counter.Trade(1, 10, id: 4, market: 2));
        batch = batch with { State = batch.State with { Markets = Counter.Markets.With(2, Market.None with { Price = 10UL << 32 }) } };
        Assert.Equal([null, "market not listed"], Rules(batch));
        Assert.Equal([null, null], Rules(batch with { State = batch.State with { Markets = Counter.Markets } }));
    }

    [Fact]
    public void An_account_has_as_many_positions_as_slots()
    {
        // Three slots: the fourth position finds none, but one of the three may grow, and two leave one.
        Assert.Equal(["no position slot left"], Rules(Holding(Counter.Batch(Counter.Trade(1, 100)), (2, 5), (3, 5), (4, 5))));
        Assert.Equal([null], Rules(Holding(Counter.Batch(Counter.Trade(1, 10, market: 2)), (2, 5), (3, 5), (4, 5))));
        Assert.Equal([null], Rules(Holding(Counter.Batch(Counter.Trade(1, 100)), (2, 5), (4, 5))));

        // Closing one makes room for another.
        var batch = Holding(Counter.Batch(Counter.Trade(5, 50, market: 2), Counter.Trade(1, 100, id: 4)), (2, -5), (3, 5), (4, 5));
        Assert.Equal([null, null], Rules(batch));
        Assert.Equal([1, 3, 4], BatchExecutor.Execute(batch).Ledger[Counter.Alice].Positions.Keys);
    }

    [Theory]
    [InlineData(-300, 299, null)]
    [InlineData(-300, 300, null)]
    [InlineData(-300, 301, "order is reduce-only")]
    [InlineData(0, 1, "order is reduce-only")]
    [InlineData(300, 1, "order is reduce-only")]
    public void Reduce_only_orders_bring_a_position_nearer_to_nothing(long held, long bought, string? rule)
    {
        var trade = Counter.Trade(bought, 100 * bought);
        var reduces = trade with { Buyer = Counter.Exchange.Sign(1, sells: false, trade.Buyer with { ReduceOnly = true }) };
        Assert.Equal([rule], Rules(Holding(Counter.Batch(reduces), (1, held))));
        Assert.Equal([null], Rules(Holding(Counter.Batch(trade), (1, held))));
    }

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, "position too large")]
    public void Positions_have_56_bits(long bought, string? rule) =>
        Assert.Equal([rule], Rules(Holding(Counter.Batch(Counter.Trade(bought, 100 * bought)), (1, Limits.Size - 300))));

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, "open interest out of range")]
    public void So_has_what_is_open(long bought, string? rule)
    {
        var batch = Counter.Batch(Counter.Trade(bought, 100 * bought));
        Assert.Equal([rule], Rules(batch with { State = batch.State with { Markets = Open(Limits.Size - 300) } }));
    }

    /// <summary>Alice turns from short to long, Bob from long to short: only what is long counts.</summary>
    [Fact]
    public void Open_interest_is_what_is_long()
    {
        var batch = Counter.Batch(Counter.Trade(500, 50_000), Counter.Trade(40, 4_000));
        var (alice, bob) = (batch.State.Accounts[Counter.Alice], batch.State.Accounts[Counter.Bob]);
        batch = batch with
        {
            State = batch.State with
            {
                Markets = Open(200),
                Accounts = batch.State.Accounts.SetItem(Counter.Alice, With(alice, 0, (1, -200))).SetItem(Counter.Bob, With(bob, 0, (1, 200))),
            },
        };
        Assert.Equal([null, null], Rules(batch));
        Counter.AssertSizesCancel(batch.OpenLedger());
        var ledger = BatchExecutor.Execute(batch).Ledger;
        Assert.Equal((340, -340, 340), (ledger[Counter.Alice].SizeIn(1), ledger[Counter.Bob].SizeIn(1), ledger.Markets[1].OpenInterest));
        Counter.AssertSizesCancel(ledger);
    }

    /// <summary>A unit in market 2 at a funding of a half owes a half: a withdrawal or a trade pays 1, and the half beyond is the house's.</summary>
    [Fact]
    public void What_trades_and_withdrawals_leave_over_is_the_house_s()
    {
        var batch = Owing(Counter.House, Counter.Withdraw(Counter.Alice, 400), Counter.Trade(2, 200, buyerFee: 1));
        var ledger = BatchExecutor.Execute(batch).Ledger;
        Assert.Equal([null, null], Rules(batch));
        Assert.Equal(1_000_000 - 1 - 200 - 1 - 400, ledger[Counter.Alice].Cash);
        Assert.Equal(new Position(1, 1L << 31), ledger[Counter.Alice].Positions[2]);
        Assert.Equal(Counter.House + (1L << 32) + (1L << 31), ledger.House);
        Assert.Equal(Counter.Claims(batch.OpenLedger()) - ((BigInteger)400 << 32), Counter.Claims(ledger));

        ledger = BatchExecutor.Execute(Owing(Counter.House, Counter.Withdraw(Counter.Alice, 400))).Ledger;
        Assert.Equal((1_000_000L - 1 - 400, Counter.House + (1L << 31)), (ledger[Counter.Alice].Cash, ledger.House));
    }

    [Fact]
    public void Deposits_settle_nothing()
    {
        var ledger = BatchExecutor.Execute(Owing(Counter.House, Counter.Deposit(Counter.Alice, 400))).Ledger;
        Assert.Equal((1_000_400, new Position(1, 0)), (ledger[Counter.Alice].Cash, ledger[Counter.Alice].Positions[2]));
        Assert.Equal(Counter.House, ledger.House);
    }

    /// <summary>A unit at 10 needs 5 % of that, 0.5, after it has paid the 0.5 that it owes, rounded up to 1.</summary>
    [Fact]
    public void Funding_counts_before_margin()
    {
        // Cash of 999,999 and a unit worth 10: with 1,000,008 gone 1 is left, with 1,000,009 nothing.
        Assert.Equal([null], Rules(Owing(Counter.House, Counter.Withdraw(Counter.Alice, 1_000_008))));
        Assert.Equal(["initial margin"], Rules(Owing(Counter.House, Counter.Withdraw(Counter.Alice, 1_000_009))));
    }

    [Fact]
    public void The_house_holds_less_than_2_to_the_64()
    {
        var half = BigInteger.One << 31;
        Assert.Equal([null], Rules(Owing(Limits.Notional - half - 1, Counter.Withdraw(Counter.Alice, 400))));
        Assert.Equal(["fees out of range"], Rules(Owing(Limits.Notional - half, Counter.Withdraw(Counter.Alice, 400))));
        var fees = (BigInteger)32 << 32;
        Assert.Equal([null], Rules(Owing(Limits.Notional - half - fees - 1, Counter.Trade(20, 2_000, buyerFee: 20, sellerFee: 12))));
        Assert.Equal(["fees out of range"], Rules(Owing(Limits.Notional - half - fees, Counter.Trade(20, 2_000, buyerFee: 20, sellerFee: 12))));
    }

    private static string?[] Rules(Batch batch) => [.. BatchExecutor.Execute(batch).Verdicts.Select(verdict => verdict.Rejection?.Rule)];

    private static Markets Open(long interest) => Counter.Markets.With(1, Counter.Markets[1] with { OpenInterest = interest });

    /// <summary>Alice with these positions; what is long of them is open.</summary>
    private static Batch Holding(Batch batch, params (int Market, long Size)[] positions) => batch with
    {
        State = batch.State with
        {
            Markets = positions.Aggregate(batch.State.Markets, (markets, item) => markets.With(item.Market, markets[item.Market] with { OpenInterest = Math.Max(item.Size, 0) })),
            Accounts = batch.State.Accounts.SetItem(Counter.Alice, With(batch.State.Accounts[Counter.Alice], 0, positions)),
        },
    };

    /// <summary>Alice has a unit in market 2 that owes a half.</summary>
    private static Batch Owing(BigInteger house, params ImmutableArray<Transaction> transactions)
    {
        var batch = Holding(Counter.Batch(transactions), (2, 1));
        return batch with { State = batch.State with { House = house, Markets = batch.State.Markets.With(2, batch.State.Markets[2] with { Funding = 1L << 31 }) } };
    }

    private static Account With(Account account, long funding, params (int Market, long Size)[] positions) => account with
    {
        Positions = positions.Where(item => item.Size != 0).ToImmutableSortedDictionary(item => item.Market, item => new Position(item.Size, funding)),
    };
}
