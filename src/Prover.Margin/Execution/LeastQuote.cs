using System.Numerics;

namespace Prover.Margin;

/// <summary>What an account that is liquidated must be left with for a part of a position: the oracle's price less the market's close-out margin, of the first tier.</summary>
/// <remarks>
/// The zero quote of an account that has just its close-out margin is about as much. Who lacks a millionth of the maintenance margin has a lower one, and would lose
/// all that keeps the position if that were the bound.
/// </remarks>
public static class LeastQuote
{
    /// <summary>The quote in 10⁻⁶ USD, fee taken off, negative where the account pays.</summary>
    /// <param name="market">The market.</param>
    /// <param name="size">The part that it loses: positive of a long position, negative of a short one.</param>
    public static BigInteger Of(Market market, BigInteger size)
    {
        var worth = size * market.Price;
        return -Risk.Floor((BigInteger.Abs(worth) * market.Base.CloseOut) - (worth * Limits.Million));
    }
}
