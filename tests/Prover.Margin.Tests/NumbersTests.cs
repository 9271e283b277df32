using System.Numerics;

namespace Prover.Margin.Tests;

public class NumbersTests
{
    [Theory]
    [InlineData(0, "0.00 USD")]
    [InlineData(1, "0.000001 USD")]
    [InlineData(-1, "-0.000001 USD")]
    [InlineData(1_198_370_000, "1,198.37 USD")]
    [InlineData(-1_204_500_000, "-1,204.50 USD")]
    [InlineData(long.MaxValue, "9,223,372,036,854.775807 USD")]
    public void Money_in_dollars(long micro, string text) => Assert.Equal(text, Numbers.Money(micro));

    [Fact]
    public void Sizes_and_prices() =>
        Assert.Equal(("-1,500 units", "600.50 micro-USD per unit"), (Numbers.Size(-1_500), Numbers.Price((600UL << 32) + (1UL << 31))));

    [Theory]
    [InlineData("0", "0000000000000000000000000000000000000000")]
    [InlineData("255", "00000000000000000000000000000000000000ff")]
    [InlineData("1461501637330902918203684832716283019655932542975", "ffffffffffffffffffffffffffffffffffffffff")]
    public void Addresses(string value, string text) => Assert.Equal(text, Hexadecimal.Address(BigInteger.Parse(value)));

    /// <summary>The greatest time of a batch, 2⁴⁰ − 1, lies behind the last day of the calendar.</summary>
    [Theory]
    [InlineData(0, "0 (1970-01-01 00:00:00 UTC)")]
    [InlineData(1_764_000_111, "1764000111 (2025-11-24 16:01:51 UTC)")]
    [InlineData(253_402_300_799, "253402300799 (9999-12-31 23:59:59 UTC)")]
    [InlineData(253_402_300_800, "253402300800")]
    [InlineData((1L << 40) - 1, "1099511627775")]
    public void Times_with_their_dates(long seconds, string text) => Assert.Equal(text, Numbers.Time(seconds));
}
