using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/prices.circuit on exact integers.</summary>
internal static class TickTransition
{
    public static Rejection? Check(BatchContext context, OracleTick tick)
    {
        var (old, now, configuration) = (context.Ledger.Markets, context.Now, context.Configuration);
        if (tick.Time <= old.PriceTime)
        {
            return new("prices not newer", $"of {tick.Time}, already have {old.PriceTime}") { Measure = new(tick.Time, old.PriceTime + 1, Unit.Time) };
        }

        if (tick.Time > now)
        {
            return new("prices from the future", $"of {tick.Time}, now {now}") { Measure = new(tick.Time, now, Unit.Time) };
        }

        if (Risk.CheckAge(tick.Time, now, configuration) is { } stale)
        {
            return stale;
        }

        for (var i = 1; i < tick.Reports.Length; i++)
        {
            if (tick.Reports[i - 1].Signer >= tick.Reports[i].Signer)
            {
                return new("oracle signers not distinct and in order", string.Join(", ", tick.Reports.Select(report => report.Signer)));
            }
        }

        foreach (var report in tick.Reports)
        {
            if (!Eddsa.Verify(configuration.Signers[report.Signer], Messages.Prices(configuration, tick.Time, report.Quoted, tick.Shocks), report.Signature))
            {
                return new("bad oracle signature", $"signer {report.Signer}, report of {tick.Time}");
            }
        }

        return CheckMarkets(old, tick, configuration);
    }

    public static void Apply(BatchContext context, OracleTick tick)
    {
        var inputs = context.Inputs;
        inputs.SetInteger("tick.time", tick.Time);
        for (var i = 0; i < tick.Reports.Length; i++)
        {
            var report = tick.Reports[i];
            inputs.SetInteger($"tick.reports[{i}].signer", report.Signer);
            inputs.Set($"tick.reports[{i}].signature", report.Signature);
            foreach (var (m, quoted) in report.Quoted.Index())
            {
                inputs.SetInteger($"tick.reports[{i}].quoted[{m}].price", quoted.Price);
                inputs.SetInteger($"tick.reports[{i}].quoted[{m}].rate", quoted.Rate);
            }
        }

        foreach (var (m, shocks) in tick.Shocks.Index())
        {
            inputs.SetShocks($"tick.shocks[{m}]", shocks);
        }

        context.Words.SetTick(tick.Time, Medians(tick), tick.Shocks);
        context.Ledger.Markets = After(context.Ledger.Markets, tick, context.Configuration);
    }

    /// <summary>Funding for a unit of size at a quoted price, its rate being held within the cap; rounded down.</summary>
    internal static BigInteger FundingOf(Quoted quoted, Configuration configuration)
    {
        var scaled = (BigInteger)quoted.Price * Math.Clamp(quoted.Rate, -configuration.MaxFunding, configuration.MaxFunding);
        return (scaled - (((scaled % Limits.Million) + Limits.Million) % Limits.Million)) / Limits.Million;
    }

    private static Markets After(Markets old, OracleTick tick, Configuration configuration)
    {
        var isDue = IsDue(old, tick, configuration);
        return old with
        {
            PriceTime = tick.Time,
            FundingTime = isDue ? tick.Time : old.FundingTime,
            List = [.. old.List.Zip(Medians(tick), (market, quoted) => market with
            {
                Price = market.IsListed ? quoted.Price : 0,
                Funding = isDue && market.IsListed ? unchecked((long)(ulong)((market.Funding + FundingOf(quoted, configuration)) & ulong.MaxValue)) : market.Funding,
            }).Select((market, m) => ScenarioMargin.After(market, m, tick.Shocks))],
        };
    }

    private static bool IsDue(Markets old, OracleTick tick, Configuration configuration) => tick.Time - old.FundingTime >= configuration.FundingInterval;

    private static ImmutableArray<Quoted> Medians(OracleTick tick) =>
    [
        .. Enumerable.Range(0, tick.Reports[0].Quoted.Length).Select(m => new Quoted(
            tick.Reports.Select(report => report.Quoted[m].Price).Order().ElementAt(tick.Reports.Length / 2),
            tick.Reports.Select(report => report.Quoted[m].Rate).Order().ElementAt(tick.Reports.Length / 2))),
    ];

    private static Rejection? CheckMarkets(Markets old, OracleTick tick, Configuration configuration)
    {
        var (medians, band) = (Medians(tick), PriceBand.Of(old.PriceTime, tick.Time, configuration));
        for (var number = 1; number <= old.Count; number++)
        {
            if (CheckMarket(number, old[number], tick, medians[number - 1].Price, band) is { } rejection)
            {
                return rejection;
            }
        }

        for (var number = 1; number <= old.Count && IsDue(old, tick, configuration); number++)
        {
            var funding = old[number].Funding + FundingOf(medians[number - 1], configuration);
            if (old[number].IsListed && (funding < long.MinValue || funding > long.MaxValue))
            {
                return new("funding out of range", $"{funding} in market {number} does not fit 64 bits")
                {
                    Measure = new(funding, funding.Sign < 0 ? long.MinValue : long.MaxValue, Unit.Price),
                };
            }
        }

        return null;
    }

    private static Rejection? CheckMarket(int number, Market market, OracleTick tick, ulong price, PriceBand band) =>
        CheckPrice(number, market, tick, price, band) ?? CheckShocks(number, market, tick, band) ?? OpenInterest.Check(number, market.OpenInterest, price);

    private static Rejection? CheckPrice(int number, Market market, OracleTick tick, ulong price, PriceBand band)
    {
        if (price == 0 && market.IsListed)
        {
            return new("zero price", $"in market {number}, in {tick.Reports.Count(report => report.Quoted[number - 1].Price == 0)} of {tick.Reports.Length} reports");
        }

        return market.IsTraded && !band.Contains(market, price)
            ? new("price moves too far", $"from {Numbers.Price(market.Price)} to {Numbers.Price(price)} in market {number}, {band.Describe(market)}")
            {
                Measure = new(price, band.Nearest(market, price), Unit.Price),
            }
            : null;
    }

    private static Rejection? CheckShocks(int number, Market market, OracleTick tick, PriceBand band)
    {
        var isHeld = market.IsTraded && !tick.Shocks.IsEmpty;
        for (var k = 0; isHeld && k < market.Shocks.Length; k++)
        {
            var shock = tick.Shocks[number - 1][k];
            if (!band.Contains(market, k, shock))
            {
                return new(
                    "shocks move too far",
                    $"from {Numbers.Price(market.Shocks[k])} to {Numbers.Price(shock)} in scenario {k} of market {number}, priced {Numbers.Price(market.Price)}, {band.Describe(market)}")
                {
                    Measure = new(shock, band.Nearest(market, k, shock), Unit.Price),
                };
            }
        }

        return null;
    }
}
