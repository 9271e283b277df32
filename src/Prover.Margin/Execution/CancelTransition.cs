namespace Prover.Margin;

/// <summary>circuits/margin/cancel.circuit: the order's slot is filled up.</summary>
internal static class CancelTransition
{
    public static Rejection? Check(BatchContext context, Cancel cancel)
    {
        var slot = context.Ledger.OrderIn(cancel.Account, cancel.Id);
        return Signers.Check(
                context, cancel.Account, cancel.Session, Messages.Cancel(context.Configuration, cancel), cancel.Signature, $"cancelling of order {cancel.Id} of account {cancel.Account}")
            ?? (cancel.Id >= slot.Id ? null : new Rejection("order superseded", $"{cancel.Id} by {slot.Id} in account {cancel.Account}") { Account = cancel.Account, Measure = new(cancel.Id, slot.Id, Unit.Count) })
            ?? slot.CheckOrder(cancel.Account);
    }

    public static void Apply(BatchContext context, Cancel cancel, int lane)
    {
        var (name, ledger) = ($"cancels[{lane}]", context.Ledger);
        context.Inputs.SetInteger($"{name}.is_used", 1);
        context.Inputs.SetInteger($"{name}.id", cancel.Id);
        context.Inputs.Set($"{name}.at", ledger, cancel.Account);
        context.Inputs.SetOrderSlot($"{name}.slot", ledger, cancel.Account, cancel.Id);
        context.Inputs.Set($"{name}.signer", ledger[cancel.Account], cancel.Session);
        context.Inputs.Set($"{name}.signature", cancel.Signature);
        context.Words.SetCancel(lane, cancel);
        var account = ledger[cancel.Account];
        ledger[cancel.Account] = account with { Orders = account.Orders.SetItem(ledger.SlotOf(cancel.Id), new(cancel.Id, Limits.Size)) };
    }
}
