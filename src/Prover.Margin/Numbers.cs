using System.Globalization;
using System.Numerics;

namespace Prover.Margin;

/// <summary>Amounts as people write them.</summary>
public static class Numbers
{
    /// <summary>10⁻⁶ USD as "1,234.50 USD" with as many decimals as needed, at least two.</summary>
    public static string Money(BigInteger micro) => Fixed(micro, 6) + " USD";

    /// <summary>A size as "150,000,000 units".</summary>
    public static string Size(BigInteger size) => size.ToString("N0", CultureInfo.InvariantCulture) + " units";

    /// <summary>A 32.32 price in 10⁻⁶ USD per unit, to six decimals.</summary>
    public static string Price(BigInteger price) => Fixed((price * 1_000_000) >> 32, 6) + " micro-USD per unit";

    /// <summary>Seconds since 1970 as "1764000000 (2025-11-24 16:00:00 UTC)"; without a date where no calendar of four-digit years has one.</summary>
    public static string Time(long seconds) => seconds is >= 0 and <= 253_402_300_799
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds} ({DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd HH:mm:ss} UTC)")
        : seconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>A raw value with a number of decimals.</summary>
    public static string Fixed(BigInteger raw, int decimals)
    {
        var whole = BigInteger.DivRem(BigInteger.Abs(raw), BigInteger.Pow(10, decimals), out var fraction);
        var digits = fraction.ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0').PadRight(2, '0');
        return (raw.Sign < 0 ? "-" : "") + whole.ToString("N0", CultureInfo.InvariantCulture) + "." + digits;
    }
}

/// <summary>Ethereum addresses and hashes as text.</summary>
public static class Hexadecimal
{
    /// <summary>40 digits.</summary>
    public static string Address(BigInteger value) => Digits(value, 40);

    /// <summary>64 digits.</summary>
    public static string Hash(BigInteger value) => Digits(value, 64);

    private static string Digits(BigInteger value, int count) => value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(count, '0');
}
