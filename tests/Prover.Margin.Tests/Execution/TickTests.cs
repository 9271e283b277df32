namespace Prover.Margin.Tests;

/// <summary>What a tick says of each market, and what it may not say. The configuration lets a price move by a tenth in 61 seconds.</summary>
public class TickTests
{
    private const long Time = Counter.Now - 1;

    [Theory]
    [InlineData(61, 110UL << 32, null)]
    [InlineData(61, (110UL << 32) + 1, "price moves too far")]
    [InlineData(60, 110UL << 32, "price moves too far")]
    [InlineData(61, 90UL << 32, null)]
    [InlineData(61, (90UL << 32) - 1, "price moves too far")]
    [InlineData(122, 120UL << 32, null)]
    [InlineData(122, (120UL << 32) + 1, "price moves too far")]
    public void A_price_moves_in_proportion_to_the_time_that_has_passed(long seconds, ulong price, string? rule) =>
        Assert.Equal(rule, RuleOf(Counter.Markets with { PriceTime = Time - seconds }, price, 0));

    /// <summary>60 ticks that follow each other by a second go hardly further than one after a minute.</summary>
    [Fact]
    public void Short_steps_do_not_compound_to_more_than_their_time()
    {
        var (markets, price) = (Counter.Markets with { PriceTime = Time - 60 }, 100UL << 32);
        for (var left = 59; left >= 0; left--)
        {
            var step = price / 610;
            Assert.Equal("price moves too far", Step(step + 1).Verdicts[0].Rejection?.Rule);
            markets = Step(step).Ledger.Markets;
            Assert.Equal(price + step, markets[1].Price);
            price += step;

            BatchResult Step(ulong by) => At(Time - left, markets, [new(price + by, 0), .. Counter.Price.Skip(1).Select(other => new Quoted(other, 0))]);
        }

        // (1 + 1/610)⁶⁰ = 1.1034: a little above a tenth, since each step is of the price before.
        Assert.InRange(price, 110UL << 32, 111UL << 32);
    }

    [Fact]
    public void A_listed_market_has_a_price()
    {
        var unpriced = Counter.Markets[1] with { Price = 0 };
        Assert.Equal("zero price", RuleOf(Counter.Markets.With(1, unpriced), 0, 0));
        Assert.Null(RuleOf(Counter.Markets.With(1, unpriced), 1, 0));
        Assert.Null(RuleOf(Counter.Markets.With(1, Market.None), 0, 0));
    }

    /// <summary>What is open times the price stays below 2⁹⁶: half of all sizes at 2⁴¹ does not, a unit less does.</summary>
    [Theory]
    [InlineData((1L << 55) - 1, null)]
    [InlineData(1L << 55, "open interest out of range")]
    public void A_price_is_refused_at_which_too_much_is_open(long openInterest, string? rule)
    {
        var markets = Counter.Markets.With(1, Counter.Markets[1] with { Price = 0, OpenInterest = openInterest });
        var verdict = After(markets, [new(1UL << 41, 0), .. Counter.Price.Skip(1).Select(other => new Quoted(other, 0))]).Verdicts[0];
        Assert.Equal(rule, verdict.Rejection?.Rule);
        Assert.Equal(
            rule is null ? null : "let positions be closed in an earlier batch: at this price at most 36,028,797,018,963,967 units may be open", Remedy.Of(verdict));
    }

    /// <summary>A rate of 100 at a price of 100 is 0.01, or 42,949,672.96 of 2³²: at most that, rounded down, fits between the index and its end.</summary>
    [Theory]
    [InlineData(long.MaxValue - 42_949_672, 100, true, null)]
    [InlineData(long.MaxValue - 42_949_671, 100, true, "funding out of range")]
    [InlineData(long.MaxValue - 42_949_671, 100, false, null)]
    [InlineData(long.MinValue + 42_949_673, -100, true, null)]
    [InlineData(long.MinValue + 42_949_672, -100, true, "funding out of range")]
    [InlineData(long.MinValue + 42_949_672, -100, false, null)]
    public void Funding_that_is_due_stays_within_64_bits(long funding, int rate, bool isDue, string? rule)
    {
        var markets = Counter.Markets.With(1, Counter.Markets[1] with { Funding = funding });
        Assert.Equal(rule, RuleOf(markets with { FundingTime = isDue ? 0 : Time - 3599 }, 100UL << 32, rate));
    }

    [Fact]
    public void A_market_that_is_not_listed_charges_no_funding()
    {
        var due = Counter.Markets with { FundingTime = 0 };
        Quoted[] quoted = [.. Counter.Price.Select(price => new Quoted(price, 100))];
        Assert.Equal([42_949_672, 4_294_967, 429_496, 214_748], After(due, quoted).Ledger.Markets.List.Select(market => market.Funding));
        Assert.Equal([42_949_672, 5, 429_496, 214_748], After(due.With(2, Market.None with { Funding = 5 }), quoted).Ledger.Markets.List.Select(market => market.Funding));
        Assert.Null(After(due.With(2, Market.None with { Funding = long.MaxValue }), quoted).Verdicts[0].Rejection);
        Assert.Equal("funding out of range", After(due.With(2, due[2] with { Funding = long.MaxValue }), quoted).Verdicts[0].Rejection?.Rule);
    }

    [Fact]
    public void Each_market_has_its_own_price_and_funding()
    {
        var quoted = Counter.Price.Select((price, i) => new Quoted(price + (ulong)i, 10 * (i + 1))).ToArray();
        var before = Counter.Markets with { FundingTime = 0, List = [.. Counter.Markets.List.Select((market, i) => market with { Funding = -i, OpenInterest = i })] };
        var after = After(before, quoted).Ledger.Markets;

        // A price in 32.32 times a rate in parts per million: 100 · 10, (10 + 1/2³²) · 20, (1 + 2/2³²) · 30 and (1/2 + 3/2³²) · 40 of 2³² · 10⁻⁶,
        // that is 4,294,967.296, 858,993.459, 128,849.018 and 85,899.345.
        Assert.Equal([4_294_967, 858_993 - 1, 128_849 - 2, 85_899 - 3], after.List.Select(market => market.Funding));
        Assert.Equal(quoted.Select(item => item.Price), after.List.Select(market => market.Price));
        Assert.Equal(before.List.Select(market => (market.OpenInterest, market.Base, market.Raises)), after.List.Select(market => (market.OpenInterest, market.Base, market.Raises)));
        Assert.Equal((Time, Time), (after.PriceTime, after.FundingTime));
    }

    private static string? RuleOf(Markets markets, ulong price, int rate) =>
        After(markets, [new(price, rate), .. Counter.Price.Skip(1).Select(other => new Quoted(other, 0))]).Verdicts[0].Rejection?.Rule;

    private static BatchResult After(Markets markets, params Quoted[] quoted) => At(Time, markets, quoted);

    private static BatchResult At(long time, Markets markets, Quoted[] quoted)
    {
        var batch = Counter.Batch(new OracleTick(time, [.. Enumerable.Range(0, 3).Select(signer => Counter.Exchange.Report(signer, time, [.. quoted]))]));
        return BatchExecutor.Execute(batch with { State = batch.State with { Markets = markets } });
    }
}
