using System.Collections.Immutable;

namespace Prover.Margin.Tests;

/// <summary>For each refusal: by how much, what would help, and that it does help.</summary>
public class RemedyTests
{
    private static readonly Dictionary<string, RemedyCase> Cases = new()
    {
        // Alice and Bob have 1,000,000. 5 % of 2,000,000 at 100 are 10,000,000: both miss 9,000,000.
        ["initial margin"] = new(
            "deposit at least 9.00 USD to account 1", "9.00 USD",
            [Counter.Trade(2_000_000, 200_000_000, whole: 2_000_000)],
            [Counter.Trade(2_000_000, 200_000_000, whole: 2_000_000), Counter.Deposit(Counter.Alice, 9_000_000), Counter.Deposit(Counter.Bob, 9_000_000)]),
        ["initial margin, a hair less"] = new(
            "deposit at least 0.000001 USD to account 6", "0.000001 USD",
            [Counter.Trade(2_000_000, 200_000_000, whole: 2_000_000), Counter.Deposit(Counter.Alice, 9_000_000), Counter.Deposit(Counter.Bob, 8_999_999)],
            [Counter.Trade(2_000_000, 200_000_000, whole: 2_000_000), Counter.Deposit(Counter.Alice, 9_000_000), Counter.Deposit(Counter.Bob, 9_000_000)]),
        ["initial margin, withdrawal"] = new(
            "deposit at least 0.000005 USD to account 1, or withdraw at most 1.00 USD", "0.000005 USD",
            [Counter.Withdraw(Counter.Alice, 1_000_005)], [Counter.Withdraw(Counter.Alice, 1_000_000)]),
        ["order expired"] = new(
            "the order has expired; its owner must sign a new one", "3 s",
            [Ordered(order => order with { Expiry = Counter.Now - 3 })], [Ordered(order => order with { Expiry = Counter.Now })]),
        ["bad signature"] = new(
            "the owner of account 1 must sign exactly this", null,
            [Ordered(order => order, order => order with { Base = order.Base + 1 })], [Ordered(order => order)]),
        ["order superseded"] = new(
            "the owner of account 1 must sign a new order, with id 7 or a higher one of the same slot", "4",
            [Counter.Trade(1, 100, id: 7), Counter.Trade(1, 100, id: 3)], [Counter.Trade(1, 100, id: 7), Counter.Trade(1, 100, id: 7)]),
        ["order overfilled"] = new(
            "trade at most 200 units", "1 units",
            [Counter.Trade(300, 30_000, whole: 500), Counter.Trade(201, 20_100, whole: 500)], [Counter.Trade(300, 30_000, whole: 500), Counter.Trade(200, 20_000, whole: 500)]),

        // A fee of at most 10,000 for 10,000 is one for each unit.
        ["fee above its cap"] = new(
            "take a fee of at most 0.0003 USD from account 1", "0.000001 USD", [Counter.Trade(300, 30_000, buyerFee: 301)], [Counter.Trade(300, 30_000, buyerFee: 300)]),

        // 200 for each unit at most.
        ["limit price"] = new(
            "trade for at most 0.06 USD, if the other side's limit allows that", "0.000001 USD", [Counter.Trade(300, 60_001)], [Counter.Trade(300, 60_000)]),

        // At least 1,000,001 for 10,000: for 3 units 300.0003.
        ["limit price, seller"] = new(
            "trade for at least 0.000301 USD, if the other side's limit allows that", "0.000001 USD",
            [Selling(300)], [Selling(301)]),
        ["same account on both sides"] = new(
            "match the order with another account's", null,
            [Counter.Trade(1, 100) with { Seller = Counter.Trade(1, 100).Buyer }], [Counter.Trade(1, 100)]),
        ["order is reduce-only"] = new(
            "trade no more than the position that the order is to reduce, and against its side", null,
            [Ordered(order => order with { ReduceOnly = true })], [Ordered(order => order)]),
        ["no lane left"] = new(
            "put it into the next batch, or use a shape with more lanes", "1",
            [Counter.Deposit(1, 1), Counter.Deposit(1, 2), Counter.Deposit(1, 3)], [Counter.Deposit(1, 1), Counter.Deposit(1, 2)]),
        ["no such account"] = new(
            "use an account up to 15, or a shape with a deeper tree", "2", [Counter.Deposit(17, 1)], [Counter.Deposit(15, 1)]),
        ["prices from the future"] = new("run the batch in 2 s or later, with that time", "2 s", [Tick(2)], [Tick(0)]),
        ["stale prices"] = new(
            "get reports that were signed later", "1 s", [Tick(-61)], [Tick(-60)], state => state with { Markets = state.Markets with { PriceTime = Counter.Now - 99 } }),
        ["bad oracle signature"] = new(
            "get the signer's report again; it must be over exactly this time, these prices and rates", null,
            [Tick(0) with { Time = Counter.Now - 1 }], [Tick(0)]),
        ["market not listed"] = new(
            "use a market that is listed, and for which there has been a price", null,
            [Counter.Trade(1, 10, market: 2)], [Counter.Trade(1, 100)], state => state with { Markets = state.Markets.With(2, Market.None) }),
        ["order overfilled, at its end"] = new(
            "the order is filled; its owner must sign a new one", "1 units",
            [Counter.Trade(500, 50_000, whole: 500), Counter.Trade(1, 100, whole: 500)], [Counter.Trade(500, 50_000, whole: 500), Counter.Trade(1, 100, id: 7)]),
        ["no position slot left"] = new(
            "close one of the other positions of account 1 first", "1", [Counter.Trade(1, 100)], [Counter.Trade(1, 10, market: 2)], Full),
        ["open interest out of range"] = new(
            "trade less: at most 72,057,594,037,927,935 units may be open", "1 units",
            [Counter.Trade(6, 600)], [Counter.Trade(5, 500)],
            state => state with { Markets = state.Markets.With(1, state.Markets[1] with { OpenInterest = Limits.Size - 5 }) }),
        ["prices not newer"] = new("drop the tick: these prices or newer ones are there already", "1 s", [Tick(-10)], [Tick(-9)]),
    };

    public static TheoryData<string> Rules => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Helps(string name) => Cases[name].AssertHelps(name);

    /// <summary>Prices may be 60 s old.</summary>
    [Fact]
    public void Stale_prices_want_fresh_ones()
    {
        var batch = Counter.Batch(Counter.Withdraw(Counter.Alice, 1));
        batch = batch with { State = batch.State with { Markets = Counter.Markets with { PriceTime = Counter.Now - 61 } } };
        var verdict = Assert.Single(BatchExecutor.Execute(batch).Verdicts);
        Assert.Equal(("stale prices", new Measure(61, 60, Unit.Seconds)), (verdict.Rejection?.Rule, verdict.Rejection?.Measure));
        Assert.Equal("wait for fresh prices: a tick in this batch or an earlier one", Remedy.Of(verdict));

        var fresh = batch with { Transactions = batch.Transactions.Add(Tick(0)) };
        Assert.True(BatchExecutor.Execute(fresh).IsAccepted);
    }

    /// <summary>By 100,000 parts per million in 61 seconds: from 100 to at most 110. In one second by a 61st of that.</summary>
    [Theory]
    [InlineData(61, 111, "at most 110.00 micro-USD per unit in this one, or be signed later")]
    [InlineData(61, 89, "at most 90.00 micro-USD per unit in this one, or be signed later")]
    [InlineData(1, 111, "at most 100.163934 micro-USD per unit in this one, or be signed later")]
    [InlineData(122, 121, "at most 120.00 micro-USD per unit in this one, or be signed later")]
    public void A_price_that_moves_too_far_is_told_how_far_it_may(long seconds, long price, string bound)
    {
        var verdict = Assert.Single(BatchExecutor.Execute(Priced(seconds, (ulong)price << 32)).Verdicts);
        Assert.EndsWith($"at most 100000 ppm in 61 s, and {seconds} s have passed", verdict.Rejection?.Detail, StringComparison.Ordinal);
        Assert.Equal("price moves too far", verdict.Rejection?.Rule);
        Assert.Contains(bound, Remedy.Of(verdict), StringComparison.Ordinal);
        Assert.True(BatchExecutor.Execute(Priced(seconds, (ulong)verdict.Rejection!.Measure!.Need)).IsAccepted);
    }

    [Fact]
    public void What_is_accepted_needs_none() => Assert.Null(Remedy.Of(BatchExecutor.Execute(Counter.Batch(Counter.Deposit(1, 1))).Verdicts[0]));

    private static OracleTick Tick(long after) => Counter.Exchange.Tick(Counter.Now + after, Counter.Price, Counter.Shape.Markets, 0, 1, 3);

    private static Batch Priced(long seconds, ulong price)
    {
        ImmutableArray<Quoted> quoted = [.. Counter.Price.SetItem(0, price).Select(value => new Quoted(value, 0))];
        var batch = Counter.Batch(new OracleTick(Counter.Now, [.. Enumerable.Range(0, 3).Select(signer => Counter.Exchange.Report(signer, Counter.Now, quoted))]));
        return batch with { State = batch.State with { Markets = Counter.Markets with { PriceTime = Counter.Now - seconds } } };
    }

    private static Trade Ordered(Func<OrderSide, OrderSide> change, Func<OrderSide, OrderSide>? spoil = null)
    {
        var trade = Counter.Trade(1, 100);
        var signed = Counter.Exchange.Sign(1, sells: false, change(trade.Buyer));
        return trade with { Buyer = spoil?.Invoke(signed) ?? signed };
    }

    private static Trade Selling(long quote)
    {
        var trade = Counter.Trade(3, quote);
        return trade with { Seller = Counter.Exchange.Sign(1, sells: true, trade.Seller with { Quote = 1_000_001 }) };
    }

    /// <summary>Alice has positions in markets 2, 3 and 4, as many as there are slots.</summary>
    private static InitialState Full(InitialState state) => state with
    {
        Accounts = state.Accounts.SetItem(Counter.Alice, state.Accounts[Counter.Alice] with
        {
            Positions = new[] { 2, 3, 4 }.ToImmutableSortedDictionary(market => market, _ => new Position(1, 0)),
        }),
    };
}
