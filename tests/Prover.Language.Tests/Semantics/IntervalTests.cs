using System.Numerics;

namespace Prover.Language.Tests;

public class IntervalTests
{
    private static readonly Gen<Interval> Small = Gen.Select(Gen.Int[-12, 12], Gen.Int[0, 9]).Select((low, length) => new Interval(low, low + length));

    [Fact]
    public void Operations_give_exactly_the_least_interval() => Gen.Select(Small, Small).Sample((a, b) =>
    {
        var pairs = Values(a).SelectMany(x => Values(b).Select(y => (x, y))).ToList();
        return a + b == Hull(pairs.Select(pair => pair.x + pair.y))
            && a - b == Hull(pairs.Select(pair => pair.x - pair.y))
            && a * b == Hull(pairs.Select(pair => pair.x * pair.y))
            && -a == Hull(Values(a).Select(x => -x))
            && a.Union(b) == Hull(Values(a).Concat(Values(b)))
            && a.Contains(b) == Values(b).All(a.Contains);
    });

    [Fact]
    public void The_limit_is_excluded_on_both_sides()
    {
        var greatest = Interval.Limit - 1;
        Assert.True(new Interval(-greatest, greatest).IsWithinLimit);
        Assert.False(new Interval(-greatest, greatest + 1).IsWithinLimit);
        Assert.False(new Interval(-greatest - 1, greatest).IsWithinLimit);
        Assert.Equal(BigInteger.Pow(2, 252), Interval.Limit);
        Assert.True((2 * Interval.Limit) < Fr.Modulus);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, 255, 8, 8)]
    [InlineData(-256, 255, 9, 9)]
    [InlineData(1000, 1001, 10, 1)]
    public void Widths_count_bits(int low, int high, int magnitude, int width) =>
        Assert.Equal((magnitude, width), (new Interval(low, high).MagnitudeBits, new Interval(low, high).Width));

    [Theory]
    [InlineData("0", "[0 .. 0]")]
    [InlineData("-999999", "[-999999 .. 999999]")]
    [InlineData("1048576", "[-2^20 .. 2^20]")]
    [InlineData("1048575", "[-(2^20 - 1) .. (2^20 - 1)]")]
    [InlineData("1048567", "[-(2^20 - 9) .. (2^20 - 9)]")]
    [InlineData("1048566", "[-1048566 .. 1048566]")]
    [InlineData("1048585", "[-(2^20 + 9) .. (2^20 + 9)]")]
    [InlineData("1048586", "[-1048586 .. 1048586]")]
    public void Powers_of_two_are_shown_as_such(string value, string text)
    {
        var number = BigInteger.Parse(value);
        Assert.Equal(text, new Interval(-BigInteger.Abs(number), BigInteger.Abs(number)).ToString());
    }

    private static IEnumerable<BigInteger> Values(Interval interval)
    {
        for (var x = interval.Low; x <= interval.High; x++)
        {
            yield return x;
        }
    }

    private static Interval Hull(IEnumerable<BigInteger> values)
    {
        var list = values.ToList();
        return new(list.Min(), list.Max());
    }
}
