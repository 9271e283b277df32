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
}
