using System.Numerics;

namespace Prover.Margin;

/// <summary>The rules of circuits/margin/risk.circuit.</summary>
public static class Risk
{
    /// <summary>Total account value in 10⁻⁶ USD with 32 fractional bits, exact.</summary>
    public static BigInteger TotalValue(Account account, Prices prices)
    {
        var value = (BigInteger)account.Cash << 32;
        for (var i = 0; i < Limits.Markets; i++)
        {
            value += (BigInteger)account.Sizes[i] * prices.Price[i];
        }

        return value;
    }

    /// <summary>The margin that opening needs, in millionths of <see cref="TotalValue"/>'s unit, exact.</summary>
    public static BigInteger InitialRequirement(Account account, Prices prices, Configuration configuration)
    {
        var need = BigInteger.Zero;
        for (var i = 0; i < Limits.Markets; i++)
        {
            need += BigInteger.Abs(account.Sizes[i]) * prices.Price[i] * configuration.InitialFraction[i];
        }

        return need;
    }

    /// <summary>Null if the account has the margin that opening needs.</summary>
    public static Rejection? CheckInitialMargin(long index, Account account, Prices prices, Configuration configuration)
    {
        var have = TotalValue(account, prices) * Limits.Million;
        var need = InitialRequirement(account, prices, configuration);
        return have >= need ? null : new("initial margin", $"have {Show(have)}, need {Show(need)} in account {index}");
    }

    /// <summary>Null if prices are recent enough to trade and withdraw.</summary>
    public static Rejection? CheckFresh(Prices prices, long now, Configuration configuration) =>
        now - prices.Time <= configuration.MaxPriceAge ? null
            : new("stale prices", $"of {prices.Time}, now {now}, at most {configuration.MaxPriceAge} s old");

    // Rounded for people only: 10⁻⁶ USD · 2³² · 10⁶ to six decimals of a dollar, downwards.
    private static string Show(BigInteger scaled)
    {
        var unit = (BigInteger.One << 32) * Limits.Million;
        var floor = BigInteger.Divide(scaled - (scaled.Sign < 0 ? unit - 1 : 0), unit);
        return Numbers.Money(floor);
    }
}
