namespace Prover.Language.Tests;

public class UnitOfMeasureTests
{
    private static readonly UnitOfMeasure Usd = UnitOfMeasure.Of("USD");
    private static readonly UnitOfMeasure Btc = UnitOfMeasure.Of("BTC");

    [Fact]
    public void Units_are_a_commutative_group()
    {
        Assert.Equal(Usd * Btc, Btc * Usd);
        Assert.Equal(Usd, Usd / Btc * Btc);
        Assert.True((Usd / Usd).IsNone);
        Assert.Equal(Usd, Usd * UnitOfMeasure.None);
        Assert.Equal((Usd / Btc).Power(3), Usd * Usd * Usd / Btc / Btc / Btc);
        Assert.Equal(Usd / Btc, (Btc / Usd).Power(-1));
        Assert.True(Usd.Power(0).IsNone);
        Assert.NotEqual(Usd, Btc);
        Assert.NotEqual(Usd, Usd * Usd);
        Assert.Equal((Usd * Btc).GetHashCode(), (Btc * Usd).GetHashCode());
    }

    [Fact]
    public void Units_are_shown_as_they_are_written()
    {
        Assert.Equal("no unit", $"{UnitOfMeasure.None}");
        Assert.Equal("USD/BTC", $"{Usd / Btc}");
        Assert.Equal("BTC*USD^2", $"{Usd * Btc * Usd}");
        Assert.Equal("1/BTC^2/USD", $"{UnitOfMeasure.None / Usd / Btc / Btc}");
    }

    [Fact]
    public void Units_nobody_means_are_found()
    {
        Assert.True(Usd.Power(1_000).IsWithinLimit);
        Assert.False(Usd.Power(-1_001).IsWithinLimit);
        Assert.True(Product(16).IsWithinLimit);
        Assert.False(Product(17).IsWithinLimit);

        static UnitOfMeasure Product(int count) => Enumerable.Range(0, count).Aggregate(UnitOfMeasure.None, (unit, i) => unit * UnitOfMeasure.Of($"U{i}"));
    }
}
