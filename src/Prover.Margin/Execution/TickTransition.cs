using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/prices.circuit on exact integers.</summary>
internal static class TickTransition
{
    public static Rejection? Check(BatchContext context, OracleTick tick)
    {
        var (old, now, configuration) = (context.Ledger.Prices, context.Now, context.Configuration);
        if (tick.Time <= old.Time)
        {
            return new("prices not newer", $"of {tick.Time}, already have {old.Time}");
        }

        if (tick.Time > now)
        {
            return new("prices from the future", $"of {tick.Time}, now {now}");
        }

        if (now - tick.Time > configuration.MaxPriceAge)
        {
            return new("stale prices", $"of {tick.Time}, now {now}, at most {configuration.MaxPriceAge} s old");
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
            if (!Eddsa.Verify(configuration.Signers[report.Signer], Messages.Prices(configuration, tick.Time, report.Price), report.Signature))
            {
                return new("bad oracle signature", $"signer {report.Signer}");
            }
        }

        return CheckMoves(old, Medians(tick), configuration);
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
            for (var m = 0; m < Limits.Markets; m++)
            {
                inputs.SetInteger($"tick.reports[{i}].price[{m}]", report.Price[m]);
            }
        }

        context.Ledger.Prices = new(tick.Time, Medians(tick));
        context.Words.SetTick(context.Ledger.Prices);
    }

    private static ImmutableArray<ulong> Medians(OracleTick tick) =>
        [.. Enumerable.Range(0, Limits.Markets).Select(m => tick.Reports.Select(report => report.Price[m]).Order().ElementAt(Limits.Quorum / 2))];

    private static Rejection? CheckMoves(Prices old, ImmutableArray<ulong> next, Configuration configuration)
    {
        for (var m = 0; m < Limits.Markets; m++)
        {
            if (next[m] == 0)
            {
                return new("zero price", $"in market {m}");
            }

            var before = old.Price[m];
            var move = BigInteger.Abs((BigInteger)next[m] - before) * Limits.Million;
            if (before != 0 && move > (BigInteger)configuration.MaxPriceMove * before)
            {
                return new("price moves too far", $"from {Numbers.Price(before)} to {Numbers.Price(next[m])} in market {m}, at most {configuration.MaxPriceMove} ppm");
            }
        }

        return null;
    }
}
