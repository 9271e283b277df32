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
            ?? Forfeit.Check(loss, ledger)
            ?? fund.CheckRanges()
            ?? (fund.CheckRoom() is null && fund.CheckAcceptable() is null ? FundCan(fund) : null)
            ?? against.CheckRanges()
            ?? against.CheckReduction()
            ?? CheckRank(against.StandingBefore, deleverage.Against, context.LeastRank)
            ?? against.CheckAcceptable()
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

    private static Rejection FundCan(Move fund)
    {
        var after = fund.StandingAfter;
        return new("the insurance fund can take it", $"it would be worth {Numbers.Money(after.Value >> 32)} and need {Risk.Show(after.Initial)}") { Account = InsuranceFund.Account };
    }

    private static Rejection? CheckRank(Standing standing, long index, uint least) => standing.Maintenance >= least * standing.Value
        ? null
        : new("rank below the committed one", $"{standing.Rank} of account {index}, {least} committed")
        {
            Account = index,
            Measure = new(standing.Rank, least, Unit.Count),
        };
}
