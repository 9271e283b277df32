using System.Collections.Immutable;
using System.Numerics;

namespace Prover.Margin.Tests;

public class SettlementTests
{
    /// <summary>Funding of a half, of 2 and of −1/4 in 10⁻⁶ USD per unit of size.</summary>
    private static readonly Markets Markets = Counter.Markets with
    {
        List = [.. Counter.Markets.List.Zip([1L << 31, 2L << 32, -(1L << 30), 0L], (market, funding) => market with { Funding = funding })],
    };

    private static Account Holding(long cash, params (int Market, long Size, long Funding)[] positions) => Account.Empty with
    {
        Cash = cash,
        Positions = positions.ToImmutableSortedDictionary(item => item.Market, item => new Position(item.Size, item.Funding)),
    };

    [Theory]
    [InlineData(100, 3, 98, 0.5)]       // owes 1.5 and pays 2
    [InlineData(100, 4, 98, 0)]         // owes 2
    [InlineData(100, -3, 101, 0.5)]     // is owed 1.5 and gets 1
    [InlineData(100, -4, 102, 0)]
    [InlineData(-100, 3, -102, 0.5)]    // the same with a debt, which grows by 2
    [InlineData(-100, 4, -102, 0)]
    [InlineData(-100, -3, -99, 0.5)]    // and shrinks by 1
    [InlineData(-100, -4, -98, 0)]
    [InlineData(0, 1, -1, 0.5)]
    [InlineData(0, -1, 0, 0.5)]
    public void Is_rounded_down_once_and_the_rest_is_kept(long before, long size, long cash, double rest)
    {
        var settled = Settlement.Of(Holding(before, (1, size, 0)), Markets);
        Assert.Equal((cash, new BigInteger(rest * (1L << 32))), (settled.Cash, settled.Rest));
        Assert.Equal(Holding(before, (1, size, 1L << 31)) with { Cash = cash }, settled.Account, Same);
    }

    /// <summary>3 · 0.5 + 1 · (2 − 1) − 2 · (−0.25 − 0) … : 1.5 + 1 − 0.5 = 2 for longs 3, 1 and 2.</summary>
    [Fact]
    public void Positions_are_settled_together()
    {
        var settled = Settlement.Of(Holding(0, (1, 3, 0), (2, 1, 1L << 32), (3, 2, 0)), Markets);
        Assert.Equal((-2, 0), ((int)settled.Cash, (int)settled.Rest));
    }

    [Fact]
    public void Twice_is_once()
    {
        var once = Settlement.Of(Holding(100, (1, 3, 7), (2, -5, 0)), Markets);
        var twice = Settlement.Of(once.Account, Markets);
        Assert.Equal(once.Account, twice.Account, Same);
        Assert.Equal((once.Cash, BigInteger.Zero), (twice.Cash, twice.Rest));
    }

    private static bool Same(Account x, Account y) => (x.Cash, x.Owner, x.Nonce) == (y.Cash, y.Owner, y.Nonce) && x.Positions.SequenceEqual(y.Positions);
}
