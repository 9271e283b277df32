using System.Numerics;

namespace Prover.Margin;

/// <summary>How much of a market is open: the sum of its long positions, which is that of its short ones.</summary>
internal static class OpenInterest
{
    /// <summary>By how much it changes if one position does.</summary>
    public static BigInteger Change(BigInteger before, BigInteger after) => BigInteger.Max(after, 0) - BigInteger.Max(before, 0);

    /// <summary>Null if so much may be open at a price: that bounds the notional of every account.</summary>
    public static Rejection? Check(int market, BigInteger interest, ulong price) =>
        interest >= 0 && interest <= Limits.Size && interest * price < Limits.Notional
            ? null
            : new("open interest out of range", $"{Numbers.Size(interest)} of market {market} at {Numbers.Price(price)}")
            {
                Measure = new(interest, interest < 0 ? 0 : BigInteger.Min(Limits.Size, (Limits.Notional - 1) / BigInteger.Max(price, 1)), Unit.Size),
            };

    /// <summary>Changes what is open. Nothing is in a market that there is not.</summary>
    public static void Add(Ledger ledger, int number, BigInteger change)
    {
        if (number >= 1 && number <= ledger.Markets.Count)
        {
            var market = ledger.Markets[number];
            ledger.Markets = ledger.Markets.With(number, market with { OpenInterest = unchecked(market.OpenInterest + (long)change) });
        }
    }
}
