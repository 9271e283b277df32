using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin.Tests;

public class StandingTests
{
    /// <summary>Market 1 at 100: 5, 2.5 and 1.25 %, as much again above 1,000 and above 10,000. Market 2 at 10: 10, 5 and 2.5 %.</summary>
    private static readonly Markets Markets = new(1, 1,
    [
        new(100UL << 32, 0, 0, new(50_000, 25_000, 12_500), [Above(1_000), Above(10_000), Raise.None]),
        new(10UL << 32, 0, 0, new(100_000, 50_000, 25_000), [Raise.None, Raise.None, Raise.None]),
    ]);

    [Theory]
    [InlineData(3, 0, 15)]              // 5 % of 300
    [InlineData(-3, 0, 15)]
    [InlineData(10, 0, 50)]             // 5 % of 1,000, where the second tier begins
    [InlineData(11, 0, 60)]             // and 10 % of 100
    [InlineData(100, 0, 950)]           // 5 % of 1,000 and 10 % of 9,000, where the third tier begins
    [InlineData(-101, 0, 965)]          // and 15 % of 100
    [InlineData(11, -7, 67)]            // 60, and 10 % of 70
    public void Requirements_are_marginal_in_tiers(long first, long second, long initial)
    {
        var standing = Standing.Of(Holding(0, first, second), Markets);
        Assert.Equal(Millionths(initial), standing.Initial);
        Assert.Equal(Millionths(initial) / 2, standing.Maintenance);
        Assert.Equal(Millionths(initial) / 4, standing.CloseOut);
        Assert.Equal((BigInteger)((100 * first) + (10 * second)) << 32, standing.Value);
    }

    [Theory]
    [InlineData(-240, true, true)]      // worth 60 of 60
    [InlineData(-241, false, true)]
    [InlineData(-270, false, true)]     // worth 30, which is half of 60
    [InlineData(-271, false, false)]
    public void Margins_are_compared_exactly(long cash, bool initial, bool maintenance)
    {
        // 11 at 100 would be worth 1,100; with 800 more of debt 300 are left of them.
        var standing = Standing.Of(Holding(cash - 800, 11, 0), Markets);
        Assert.Equal((initial, maintenance), (standing.HasInitialMargin, standing.HasMaintenanceMargin));
    }

    [Theory]
    [InlineData(10, 20, 5, 10, true)]       // the same ratio
    [InlineData(10, 20, 5, 11, false)]
    [InlineData(-10, 20, -5, 10, true)]     // the same, below nothing
    [InlineData(-10, 20, -5, 9, false)]
    [InlineData(-10, 20, -6, 10, false)]
    [InlineData(-10, 20, 1, 20, true)]
    [InlineData(10, 20, -1, 1, false)]
    [InlineData(0, 20, 0, 0, true)]
    [InlineData(-1, 20, -1, 0, false)]      // a debt without anything left to answer for it
    [InlineData(5, 0, 5, 0, true)]
    [InlineData(5, 0, 4, 0, false)]
    public void No_worse_is_no_lower_worth_for_what_it_needs(int value, int need, int valueAfter, int needAfter, bool isNoWorse) =>
        Assert.Equal(isNoWorse, new Standing(valueAfter, 0, needAfter, 0).IsNoWorseThan(new Standing(value, 0, need, 0)));

    [Theory]
    [InlineData(5, 4, true)]
    [InlineData(-5, -4, true)]
    [InlineData(5, 0, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 6, false)]
    [InlineData(5, -4, false)]
    [InlineData(-5, 4, false)]
    [InlineData(0, 0, false)]
    public void Shrinking_keeps_the_side(long before, long after, bool shrinks) => Assert.Equal(shrinks, Risk.Shrinks(before, after));

    private static Account Holding(long cash, long first, long second) => Account.Empty with
    {
        Cash = cash,
        Positions = new[] { (Market: 1, Size: first), (Market: 2, Size: second) }.Where(item => item.Size != 0)
            .ToImmutableSortedDictionary(item => item.Market, item => new Position(item.Size, 0)),
    };

    private static Raise Above(long from) => new((BigInteger)from << 32, new(50_000, 25_000, 12_500));

    private static BigInteger Millionths(long amount) => ((BigInteger)amount << 32) * 1_000_000;
}
