using System.Numerics;

namespace Prover.Margin;

/// <summary>What an account below its close-out margin loses: after_loss of circuits/margin/takeover.circuit, its checks in the same order.</summary>
internal static class Forfeit
{
    /// <summary>What whoever takes the part gets of the market.</summary>
    public static BigInteger SizeOf(Loss loss, Ledger ledger) => ledger[loss.Account].SizeIn(loss.Market) < 0 ? -(BigInteger)loss.Base : loss.Base;

    /// <summary>The account that loses it.</summary>
    public static Move From(Loss loss, Ledger ledger) => new(ledger, loss.Account, loss.Market, -SizeOf(loss, ledger), loss.Paid);

    /// <summary>An account that takes it.</summary>
    public static Move To(long index, Loss loss, Ledger ledger) => new(ledger, index, loss.Market, SizeOf(loss, ledger), -(BigInteger)loss.Paid);

    /// <summary>Null if the account may lose it.</summary>
    public static Rejection? Check(Loss loss, Ledger ledger)
    {
        var lost = From(loss, ledger);
        var before = lost.StandingBefore;
        return lost.CheckRanges()
            ?? (before.AboveCloseOut.Sign >= 0 ? TooGood(loss.Account, before) : null)
            ?? lost.CheckReduction()
            ?? CheckQuote(loss, ledger, lost);
    }

    /// <summary>Null if two accounts that have exchanged it leave open interest and house in their ranges.</summary>
    public static Rejection? CheckTotals(Ledger ledger, Move lost, Move taken)
    {
        var market = ledger.Markets[lost.Market];
        return OpenInterest.Check(lost.Market, market.OpenInterest + lost.InterestChange + taken.InterestChange, market.Price)
            ?? Risk.CheckHouse(ledger.House + lost.LeftOver(0) + taken.LeftOver(0));
    }

    /// <summary>Sets the loss's inputs.</summary>
    public static void Set(CircuitInputs inputs, string name, Loss loss, Ledger ledger)
    {
        inputs.SetInteger($"{name}.market", loss.Market);
        inputs.SetInteger($"{name}.base", loss.Base);
        inputs.SetInteger($"{name}.paid", loss.Paid);
        inputs.Set($"{name}.at", ledger, loss.Account);
    }

    private static Rejection TooGood(long index, Standing standing) => Risk.Refuse("not below close-out margin", index, standing, standing.CloseOut) with
    {
        Measure = new(standing.Value * Limits.Million, standing.CloseOut - 1, Unit.Margin),
    };

    private static Rejection? CheckQuote(Loss loss, Ledger ledger, Move lost)
    {
        var zero = ZeroQuote.Of(ledger[loss.Account], ledger.Markets, loss.Market, loss.Base);
        var before = lost.StandingBefore;
        var after = lost.StandingAfter.HeldAgainst(before);
        var oneLess = after with { Value = after.Value - (BigInteger.One << 32) };
        return (after.IsNoWorseThan(before) ? null : Refuse("below the zero quote"))
            ?? Risk.CheckValue(loss.Account, oneLess)
            ?? (oneLess.IsNoWorseThan(before) ? Refuse("above the zero quote") : null);

        Rejection Refuse(string rule) => new(rule, $"account {loss.Account} is paid {Numbers.Money(loss.Paid)} for {Numbers.Size(loss.Base)} of market {loss.Market}, not {Numbers.Money(zero)}")
        {
            Account = loss.Account,
            Measure = new(loss.Paid, zero, Unit.Money),
        };
    }
}
