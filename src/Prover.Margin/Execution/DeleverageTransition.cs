using System.Numerics;

namespace Prover.Margin;

/// <summary>apply_deleverage of circuits/margin/takeover.circuit on exact integers, its checks in the same order.</summary>
internal static class DeleverageTransition
{
    public static Rejection? Check(BatchContext context, Deleverage deleverage)
    {
        var (ledger, loss) = (context.Ledger, deleverage.Loss);
        var (fund, against) = (Forfeit.To(InsuranceFund.Account, loss, ledger), Forfeit.To(deleverage.Against, loss, ledger));
        return Risk.CheckFresh(ledger.Markets, context.Now, context.Configuration)
            ?? CheckSwept(ledger.House)
            ?? Forfeit.Check(loss, ledger)
            ?? fund.CheckRanges()
            ?? (fund.CheckHolding() is null ? CheckFund(fund, loss.Base) : null)
            ?? against.CheckRanges()
            ?? against.CheckReduction()
            ?? CheckRank(against.StandingBefore, deleverage.Against, context.LeastRank)
            ?? (KeepsWorth(against) ? null : against.CheckAcceptable())
            ?? Forfeit.CheckTotals(ledger, Forfeit.From(loss, ledger), against);
    }

    public static void Apply(BatchContext context, Deleverage deleverage, int lane)
    {
        var (name, ledger, loss) = ($"deleverages[{lane}]", context.Ledger, deleverage.Loss);
        var (lost, taken) = (Forfeit.From(loss, ledger), Forfeit.To(deleverage.Against, loss, ledger));
        Forfeit.Set(context.Inputs, $"{name}.loss", loss, ledger);
        context.Inputs.SetFund($"{name}.fund", ledger);
        context.Words.SetDeleverage(lane, deleverage);
        lost.Apply(ledger, lost.After, fee: 0);
        context.Inputs.Set($"{name}.against", ledger, deleverage.Against);
        taken.Apply(ledger, taken.After, fee: 0);
    }

    /// <summary>Whether the account is worth no less than before, but for the rounding of what it pays, and can keep what is left: then even a hedge may be taken from it.</summary>
    private static bool KeepsWorth(Move against) =>
        against.HasScenarios && against.StandingAfter.Value + (BigInteger.One << 32) > against.StandingBefore.Value && against.StandingAfter.HasMaintenanceMargin;

    private static Rejection? CheckSwept(BigInteger house) => house < InsuranceFund.Dust
        ? null
        : new("fees not swept", $"the house has {Numbers.Money(house >> 32)}, which the insurance fund could have")
        {
            Measure = new(house >> 32, (InsuranceFund.Dust - 1) >> 32, Unit.Money),
        };

    private static Rejection? CheckFund(Move fund, long units)
    {
        var after = fund.StandingAfter;
        return fund.CheckAcceptable() is null
            ? new("the insurance fund can take it", $"it would be worth {Numbers.Money(after.Value >> 32)} and need {Risk.Show(after.Initial)}") { Account = InsuranceFund.Account }
            : HasMarginForOne(fund, units)
                ? new("the insurance fund can take a part of it", $"of {Numbers.Size(units)} it would have the initial margin for one unit at least") { Account = InsuranceFund.Account }
                : null;
    }

    /// <summary>Whether the fund would have its initial margin with one of the units, on the terms of all of them and with 10⁻⁶ USD to spare.</summary>
    private static bool HasMarginForOne(Move fund, long units)
    {
        var (before, after) = (fund.StandingBefore, fund.StandingAfter);
        var need = fund.StandingAt(fund.OldSize + (fund.Size - fund.OldSize).Sign).Initial;
        return (((before.Value - (BigInteger.One << 32)) * units) + after.Value - before.Value) * Limits.Million >= need * units;
    }

    private static Rejection? CheckRank(Standing standing, long index, uint least) => standing.Maintenance >= least * standing.Value
        ? null
        : new("rank below the committed one", $"{standing.Rank} of account {index}, {least} committed")
        {
            Account = index,
            Measure = new(standing.Rank, least, Unit.Count),
        };
}
