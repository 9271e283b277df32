using System.Numerics;

namespace Prover.Margin;

/// <summary>The rules of circuits/margin/risk.circuit.</summary>
public static class Risk
{
    private static readonly BigInteger MostValue = BigInteger.One << 101;

    /// <summary>Null if the account has the margin that opening needs.</summary>
    public static Rejection? CheckInitialMargin(long index, Standing standing) =>
        CheckValue(index, standing) ?? (standing.HasInitialMargin ? null : Refuse("initial margin", index, standing, standing.Initial));

    /// <summary>Null if an account may change a position like this: it has its initial margin afterwards, or only gets rid of risk.</summary>
    public static Rejection? CheckAcceptable(long index, Standing before, Standing after, long oldSize, long newSize) =>
        CheckValue(index, before)
            ?? CheckValue(index, after)
            ?? (after.HasInitialMargin || (Shrinks(oldSize, newSize) && after.IsNoWorseThan(before)) ? null : Refuse("initial margin", index, after, after.Initial));

    /// <summary>Whether a position shrinks without changing sides.</summary>
    public static bool Shrinks(long before, long after) => Math.Abs(after) < Math.Abs(before) && (after == 0 || after < 0 == before < 0);

    /// <summary>Null if there is a slot for a position of this size, or none is needed.</summary>
    public static Rejection? CheckRoom(long index, Account account, int market, BigInteger size, int slots) =>
        size.IsZero || account.Positions.ContainsKey(market) || account.Positions.Count < slots
            ? null
            : new("no position slot left", $"account {index} has positions in {account.Positions.Count} other markets");

    /// <summary>Null if an amount of cash is within a range to both sides.</summary>
    public static Rejection? CheckCash(long index, BigInteger cash, long limit) => BigInteger.Abs(cash) <= limit
        ? null
        : new("collateral out of range", $"{Numbers.Money(cash)} would exceed {Numbers.Money(limit)} in account {index}");

    /// <summary>Null if a size is within its range.</summary>
    public static Rejection? CheckSize(long index, BigInteger size) => BigInteger.Abs(size) <= Limits.Size
        ? null
        : new("position too large", $"{Numbers.Size(size)} would exceed {Numbers.Size(Limits.Size)} in account {index}");

    /// <summary>Null if an account can count one more message.</summary>
    public static Rejection? CheckNonce(long index, Account account) => account.Nonce < uint.MaxValue ? null : new("nonce exhausted", $"account {index}");

    /// <summary>Null if the house can hold so much.</summary>
    public static Rejection? CheckHouse(BigInteger house) => house < Limits.Notional
        ? null
        : new("fees out of range", $"{Numbers.Money(house >> 32)} would exceed {Numbers.Money(Limits.Notional >> 32)}");

    /// <summary>Null if prices are recent enough to trade and withdraw.</summary>
    public static Rejection? CheckFresh(Markets markets, long now, Configuration configuration) =>
        now - markets.PriceTime <= configuration.MaxPriceAge ? null
            : new("stale prices", $"of {markets.PriceTime}, now {now}, at most {configuration.MaxPriceAge} s old");

    /// <summary>Null if an account is worth no more than open interest lets it be.</summary>
    public static Rejection? CheckValue(long index, Standing standing) => BigInteger.Abs(standing.Value) <= MostValue
        ? null
        : new("account value out of range", $"{Show(standing.Value * Limits.Million)} in account {index}");

    /// <summary>A refusal that says what an account is worth and what it would have to be.</summary>
    public static Rejection Refuse(string rule, long index, Standing standing, BigInteger need) =>
        new(rule, $"have {Show(standing.Value * Limits.Million)}, need {Show(need)} in account {index}");

    /// <summary>10⁻⁶ USD · 2³² · 10⁶ to six decimals of a dollar, downwards, for people.</summary>
    public static string Show(BigInteger scaled)
    {
        var unit = (BigInteger.One << 32) * Limits.Million;
        var floor = BigInteger.Divide(scaled - (scaled.Sign < 0 ? unit - 1 : 0), unit);
        return Numbers.Money(floor);
    }
}
