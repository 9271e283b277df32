namespace Prover.Margin.Tests;

/// <summary>What a tick charges: interval 3,600 s, at most 1,000 parts per million.</summary>
public class FundingTests
{
    [Theory]
    [InlineData(3600, 100, 42_949_672)]         // 0.01 of 2³² is 42,949,672.96
    [InlineData(3600, -100, -42_949_673)]       // downwards
    [InlineData(3601, 100, 42_949_672)]         // once, however late
    [InlineData(3599, 100, 0)]                  // not due
    [InlineData(3600, 1_000, 429_496_729)]
    [InlineData(3600, 1_001, 429_496_729)]      // held within the cap
    [InlineData(3600, -5_000, -429_496_730)]
    [InlineData(3600, 0, 0)]
    public void A_tick_charges_what_is_due(long age, int rate, long funding)
    {
        const long time = Counter.Now - 1;
        var batch = Counter.Batch(Tick(time, rate));
        batch = batch with { State = batch.State with { Markets = Counter.Markets with { FundingTime = time - age } } };
        var result = BatchExecutor.Execute(batch);
        Assert.Null(result.Verdicts[0].Rejection);
        Assert.Equal(funding, result.Ledger.Markets[1].Funding);
        Assert.Equal(age >= 3600 ? time : time - age, result.Ledger.Markets.FundingTime);
    }

    [Fact]
    public void Rates_are_medians_too()
    {
        var tick = Tick(Counter.Now - 1, 0);
        var reports = new[] { 70, -900, 50 }.Select((rate, i) =>
            Counter.Exchange.Report(i, tick.Time, [.. tick.Reports[i].Quoted.Select(quoted => quoted with { Rate = rate })]));
        var batch = Counter.Batch(tick with { Reports = [.. reports] });
        batch = batch with { State = batch.State with { Markets = Counter.Markets with { FundingTime = 0 } } };
        Assert.Equal((100L << 32) * 50 / 1_000_000, BatchExecutor.Execute(batch).Ledger.Markets[1].Funding);
    }

    private static OracleTick Tick(long time, int rate) => new(
        time, [.. Enumerable.Range(0, 3).Select(signer => Counter.Exchange.Report(signer, time, [.. Counter.Price.Select(price => new Quoted(price, rate))]))]);
}
