namespace Prover.Margin;

/// <summary>circuits/margin/cancel.circuit: the order's slot is filled up.</summary>
internal static class CancelTransition
{
    public static Rejection? Check(BatchContext context, Cancel cancel)
    {
        var slot = SlotOf(context.Ledger, cancel);
        return Signers.Check(
                context, cancel.Account, cancel.Session, Messages.Cancel(context.Configuration, cancel), cancel.Signature, $"cancelling of order {cancel.Id} of account {cancel.Account}")
            ?? (cancel.Id >= slot.Id ? null : new Rejection("order superseded", $"{cancel.Id} by {slot.Id} in account {cancel.Account}") { Account = cancel.Account, Measure = new(cancel.Id, slot.Id, Unit.Count) });
    }

    public static void Apply(BatchContext context, Cancel cancel, int lane)
    {
        var (name, ledger) = ($"cancels[{lane}]", context.Ledger);
        var slot = SlotOf(ledger, cancel);
        context.Inputs.SetInteger($"{name}.is_used", 1);
        context.Inputs.SetInteger($"{name}.id", cancel.Id);
        context.Inputs.Set($"{name}.at", ledger, cancel.Account);
        context.Inputs.SetInteger($"{name}.slot.id", slot.Id);
        context.Inputs.SetInteger($"{name}.slot.filled", slot.Filled);
        context.Inputs.Set($"{name}.slot.path", ledger.OrderPathOf(cancel.Account, ledger.SlotOf(cancel.Id)));
        context.Inputs.Set($"{name}.signer", ledger[cancel.Account], cancel.Session);
        context.Inputs.Set($"{name}.signature", cancel.Signature);
        context.Words.SetCancel(lane, cancel);
        var account = ledger[cancel.Account];
        ledger[cancel.Account] = account with { Orders = account.Orders.SetItem(ledger.SlotOf(cancel.Id), new(cancel.Id, Limits.Size)) };
    }

    private static OrderSlot SlotOf(Ledger ledger, Cancel cancel) =>
        ledger[cancel.Account].Orders.GetValueOrDefault(ledger.SlotOf(cancel.Id), new OrderSlot(0, 0));
}
