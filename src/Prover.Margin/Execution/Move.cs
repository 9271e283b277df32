using System.Numerics;

namespace Prover.Margin;

/// <summary>
/// An account, all funding paid, that gets so much more size in a market and so much more cash, either of which may be negative: moved of
/// circuits/margin/trade.circuit on exact integers.
/// </summary>
internal sealed class Move
{
    private readonly Markets _markets;
    private readonly int _slots;

    public Move(Ledger ledger, long index, int market, BigInteger size, BigInteger cash)
    {
        (_markets, _slots, HasScenarios, Index, Market) = (ledger.Markets, ledger.Shape.Slots, ledger.Shape.Scenarios != 0, index, market);
        Settled = Settlement.Of(ledger[index], _markets);
        Cash = Settled.Cash + cash;
        Size = OldSize + size;
        After = Settled.With(Cash, market, Size, _markets, _slots);
    }

    public long Index { get; }

    public bool HasScenarios { get; }

    public int Market { get; }

    public Settlement Settled { get; }

    public BigInteger Cash { get; }

    public long OldSize => Settled.Account.SizeIn(Market);

    public BigInteger Size { get; }

    /// <summary>The account that is left; meaningless if a number is out of range.</summary>
    public Account After { get; }

    public Standing StandingBefore => Standing.Of(Settled.Account, _markets);

    public Standing StandingAfter => Standing.Of(After, _markets);

    /// <summary>What the account was worth and would need with another size in the market, at no cost.</summary>
    public Standing StandingAt(BigInteger size) => Standing.Of(Settled.With(Settled.Cash, Market, size, _markets, _slots), _markets);

    public BigInteger InterestChange => OpenInterest.Change(OldSize, Size);

    /// <summary>Null if all numbers are in their ranges.</summary>
    public Rejection? CheckRanges() =>
        Risk.CheckCash(Index, Settled.Cash, Limits.Cash)
            ?? Risk.CheckCash(Index, Cash, Limits.TradedCash)
            ?? Risk.CheckSize(Index, Size)
            ?? Risk.CheckValue(Index, StandingBefore)
            ?? Risk.CheckValue(Index, StandingAfter);

    public Rejection? CheckHolding() => Risk.CheckHolding(Index, Settled.Account, Market, Size, _markets, _slots);

    public Rejection? CheckReduction() => Risk.Shrinks(OldSize, (long)Size)
        ? null
        : new("no reduction", $"from {Numbers.Size(OldSize)} to {Numbers.Size(Size)} in account {Index}") { Account = Index };

    public Rejection? CheckAcceptable() => Risk.CheckAcceptable(Index, StandingBefore, StandingAfter, OldSize, (long)Size);

    /// <summary>Puts the account that is left into the state.</summary>
    /// <param name="ledger">The state.</param>
    /// <param name="after">What becomes of the account.</param>
    /// <param name="fee">What it leaves to the house.</param>
    public void Apply(Ledger ledger, Account after, long fee)
    {
        ledger[Index] = after;
        ledger.House += LeftOver(fee);
        OpenInterest.Add(ledger, Market, InterestChange);
    }

    /// <summary>What the account leaves to the house: a fee, and the rest of a rounding.</summary>
    public BigInteger LeftOver(long fee) => Settled.Rest + ((BigInteger)fee << 32);
}
