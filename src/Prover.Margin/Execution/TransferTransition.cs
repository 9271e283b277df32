using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/transfer.circuit.</summary>
internal static class TransferTransition
{
    public static Rejection? Check(BatchContext context, Transfer transfer)
    {
        if (transfer.Sender == transfer.Receiver)
        {
            return new("same account on both sides", $"account {transfer.Sender}");
        }

        var (ledger, markets) = (context.Ledger, context.Ledger.Markets);
        var (sender, receiver) = (ledger[transfer.Sender], ledger[transfer.Receiver]);
        if (!Eddsa.Verify(sender.Owner, Messages.Transfer(context.Configuration, transfer, sender.Nonce), transfer.Signature))
        {
            return new("bad signature", $"transfer from account {transfer.Sender} with nonce {sender.Nonce}") { Account = transfer.Sender };
        }

        var settled = Settlement.Of(sender, markets);
        return Risk.CheckFresh(markets, context.Now, context.Configuration)
            ?? Risk.CheckCash(transfer.Sender, settled.Cash, Limits.Cash)
            ?? Risk.CheckCash(transfer.Sender, settled.Cash - transfer.Amount, Limits.TradedCash)
            ?? Risk.CheckInitialMargin(transfer.Sender, Standing.Of(Sent(settled, transfer), markets))
            ?? Risk.CheckNonce(transfer.Sender, sender)
            ?? (receiver.Owner == sender.Owner ? null : new Rejection("not the same owner", $"accounts {transfer.Sender} and {transfer.Receiver}") { Account = transfer.Receiver })
            ?? Risk.CheckCash(transfer.Receiver, (BigInteger)receiver.Cash + transfer.Amount, Limits.TradedCash)
            ?? Risk.CheckHouse(ledger.House + settled.Rest);
    }

    public static void Apply(BatchContext context, Transfer transfer, int lane)
    {
        var (name, ledger) = ($"transfers[{lane}]", context.Ledger);
        context.Inputs.SetInteger($"{name}.amount", transfer.Amount);
        context.Inputs.Set($"{name}.signature", transfer.Signature);
        context.Words.SetTransfer(lane, transfer);
        context.Inputs.Set($"{name}.sender", ledger, transfer.Sender);
        var settled = Settlement.Of(ledger[transfer.Sender], ledger.Markets);
        ledger[transfer.Sender] = Sent(settled, transfer);
        ledger.House += settled.Rest;
        context.Inputs.Set($"{name}.receiver", ledger, transfer.Receiver);
        var receiver = ledger[transfer.Receiver];
        ledger[transfer.Receiver] = receiver with { Cash = unchecked(receiver.Cash + transfer.Amount) };
    }

    private static Account Sent(Settlement settled, Transfer transfer) =>
        unchecked(settled.Account with { Nonce = settled.Account.Nonce + 1, Cash = settled.Account.Cash - transfer.Amount });
}
