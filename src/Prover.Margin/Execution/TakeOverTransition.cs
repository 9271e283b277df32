namespace Prover.Margin;

/// <summary>apply_take_over of circuits/margin/takeover.circuit on exact integers, its checks in the same order.</summary>
internal static class TakeOverTransition
{
    public static Rejection? Check(BatchContext context, TakeOver takeOver)
    {
        if (takeOver.Loss.Account == InsuranceFund.Account)
        {
            return new("same account on both sides", $"account {InsuranceFund.Account}, the insurance fund");
        }

        var (ledger, loss) = (context.Ledger, takeOver.Loss);
        var taken = Forfeit.To(InsuranceFund.Account, loss, ledger);
        return Risk.CheckFresh(ledger.Markets, context.Now, context.Configuration)
            ?? Forfeit.Check(loss, ledger)
            ?? taken.CheckRanges()
            ?? taken.CheckHolding()
            ?? taken.CheckAcceptable()
            ?? Forfeit.CheckTotals(ledger, Forfeit.From(loss, ledger), taken);
    }

    public static void Apply(BatchContext context, TakeOver takeOver, int lane)
    {
        var (ledger, loss) = (context.Ledger, takeOver.Loss);
        var (lost, taken) = (Forfeit.From(loss, ledger), Forfeit.To(InsuranceFund.Account, loss, ledger));
        Forfeit.Set(context.Inputs, $"take_overs[{lane}].loss", loss, ledger);
        context.Words.SetTakeOver(lane, takeOver);
        lost.Apply(ledger, lost.After, fee: 0);
        context.Inputs.SetFund($"take_overs[{lane}].fund", ledger);
        taken.Apply(ledger, taken.After, fee: 0);
    }
}
