using System.Numerics;

namespace Prover.Margin;

/// <summary>What an account is paid for a part of a position that it loses: as little as leaves its worth over its maintenance margin no lower.</summary>
/// <remarks>
/// Where the account is worth less than nothing, that is more than the part is worth: whoever takes the part bears its share of the debt. A part that hedged others
/// is worth what it is paid.
/// </remarks>
public static class ZeroQuote
{
    /// <summary>The quote in 10⁻⁶ USD, negative where the account pays.</summary>
    /// <param name="account">The account; its funding need not be paid.</param>
    /// <param name="markets">The markets.</param>
    /// <param name="market">The number of the market in which it loses a part.</param>
    /// <param name="size">How much, not above the position.</param>
    public static BigInteger Of(Account account, Markets markets, int market, long size)
    {
        var settled = Settlement.Of(account, markets);
        var held = settled.Account.SizeIn(market);
        var before = Standing.Settled(account, markets);
        var left = settled.With(settled.Cash, market, held < 0 ? held + size : held - size, markets, Limits.Slots);
        var after = Standing.Of(settled.Cash, PositionMargin.Of(left, markets), account.Portfolio).HeldAgainst(before);
        return before.Maintenance.IsZero
            ? Ceiling(before.Value - after.Value, BigInteger.One << 32)
            : Ceiling((before.Value * after.Maintenance) - (after.Value * before.Maintenance), before.Maintenance << 32);
    }

    private static BigInteger Ceiling(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        return remainder.Sign > 0 ? quotient + 1 : quotient;
    }
}
