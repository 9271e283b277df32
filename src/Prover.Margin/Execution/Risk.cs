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
            ?? (after.HasInitialMargin || (Shrinks(oldSize, newSize) && after.Maintenance <= before.Maintenance && after.IsNoWorseThan(before)) ? null : Refuse("initial margin", index, after, after.Initial));

    /// <summary>Whether a position shrinks without changing sides.</summary>
    public static bool Shrinks(long before, long after) => Math.Abs(after) < Math.Abs(before) && (after == 0 || after < 0 == before < 0);

    /// <summary>Null if the account may hold a position of this size: there is a slot for it, an isolated account has no other, and its margin is of a kind that the market takes. Nothing is always held.</summary>
    public static Rejection? CheckHolding(long index, Account account, int market, BigInteger size, Markets markets, int slots) =>
        CheckRoom(index, account, market, size, slots)
            ?? CheckAlone(index, account, market, size)
            ?? (size.IsZero || account.Portfolio || !markets[market].PortfolioOnly
                ? null
                : new("portfolio margin only", $"market {market}, and account {index} has tiers") { Account = index });

    private static Rejection? CheckAlone(long index, Account account, int market, BigInteger size) =>
        size.IsZero || !account.Isolated || account.Positions.Keys.All(other => other == market)
            ? null
            : new("isolated margin", $"account {index} holds market {account.Positions.Keys.First(other => other != market)}, and no other beside it") { Account = index, Measure = new(2, 1, Unit.Count) };

    private static Rejection? CheckRoom(long index, Account account, int market, BigInteger size, int slots) =>
        size.IsZero || account.Positions.ContainsKey(market) || account.Positions.Count < slots
            ? null
            : new("no position slot left", $"account {index} has positions in {account.Positions.Count} other markets")
            {
                Account = index,
                Measure = new(account.Positions.Count + 1, slots, Unit.Count),
            };

    /// <summary>Null if an amount of cash is within a range to both sides.</summary>
    public static Rejection? CheckCash(long index, BigInteger cash, long limit) => BigInteger.Abs(cash) <= limit
        ? null
        : new("collateral out of range", $"{Numbers.Money(cash)} would exceed {Numbers.Money(limit)} in account {index}")
        {
            Account = index,
            Measure = new(cash, cash.Sign * limit, Unit.Money),
        };

    /// <summary>Null if a size is within its range.</summary>
    public static Rejection? CheckSize(long index, BigInteger size) => BigInteger.Abs(size) <= Limits.Size
        ? null
        : new("position too large", $"{Numbers.Size(size)} would exceed {Numbers.Size(Limits.Size)} in account {index}")
        {
            Account = index,
            Measure = new(size, size.Sign * Limits.Size, Unit.Size),
        };

    /// <summary>Null if an account can count one more message.</summary>
    public static Rejection? CheckNonce(long index, Account account) => account.Nonce < uint.MaxValue
        ? null
        : new("nonce exhausted", $"account {index} has used all {account.Nonce}") { Account = index, Measure = new(account.Nonce + 1L, uint.MaxValue, Unit.Count) };

    /// <summary>Null if the house can hold so much.</summary>
    public static Rejection? CheckHouse(BigInteger house) => house < Limits.Notional
        ? null
        : new("fees out of range", $"{Numbers.Money(house >> 32)} would exceed {Numbers.Money(Limits.Notional >> 32)}")
        {
            Measure = new(house >> 32, (Limits.Notional - 1) >> 32, Unit.Money),
        };

    /// <summary>Null if prices are recent enough to trade and withdraw.</summary>
    public static Rejection? CheckFresh(Markets markets, long now, Configuration configuration) => CheckAge(markets.PriceTime, now, configuration);

    /// <summary>Null if prices signed at a time are recent enough.</summary>
    public static Rejection? CheckAge(long time, long now, Configuration configuration) =>
        now - time <= configuration.MaxPriceAge
            ? null
            : new("stale prices", $"of {time}, now {now}, at most {configuration.MaxPriceAge} s old") { Measure = new(now - time, configuration.MaxPriceAge, Unit.Seconds) };

    /// <summary>Null if an account is worth no more than open interest lets it be.</summary>
    public static Rejection? CheckValue(long index, Standing standing) => BigInteger.Abs(standing.Value) <= MostValue
        ? null
        : new("account value out of range", $"{Show(standing.Value * Limits.Million)} would exceed {Numbers.Money(MostValue >> 32)} in account {index}")
        {
            Account = index,
            Measure = new(standing.Value * Limits.Million, standing.Value.Sign * MostValue * Limits.Million, Unit.Margin),
        };

    /// <summary>A refusal that says what an account is worth and what it would have to be.</summary>
    public static Rejection Refuse(string rule, long index, Standing standing, BigInteger need) =>
        new(rule, $"have {Show(standing.Value * Limits.Million)}, need {Show(need)} in account {index}")
        {
            Account = index,
            Measure = new(standing.Value * Limits.Million, need, Unit.Margin),
        };

    /// <summary>10⁻⁶ USD · 2³² · 10⁶ to six decimals of a dollar, downwards, for people.</summary>
    public static string Show(BigInteger scaled) => Numbers.Money(Floor(scaled));

    /// <summary>10⁻⁶ USD · 2³² · 10⁶ to whole 10⁻⁶ USD, downwards.</summary>
    public static BigInteger Floor(BigInteger scaled)
    {
        var unit = (BigInteger.One << 32) * Limits.Million;
        return BigInteger.Divide(scaled - (scaled.Sign < 0 ? unit - 1 : 0), unit);
    }
}
