using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/withdraw.circuit on exact integers.</summary>
internal static class WithdrawalTransition
{
    public static Rejection? Check(BatchContext context, Withdrawal withdrawal)
    {
        var (account, markets) = (context.Ledger[withdrawal.Account], context.Ledger.Markets);
        if (!Eddsa.Verify(account.Owner, Messages.Withdrawal(context.Configuration, withdrawal, account.Nonce), withdrawal.Signature))
        {
            return new("bad signature", $"withdrawal from account {withdrawal.Account} with nonce {account.Nonce}") { Account = withdrawal.Account };
        }

        if (Risk.CheckFresh(markets, context.Now, context.Configuration) is { } stale)
        {
            return stale;
        }

        var settled = Settlement.Of(account, markets);
        return Risk.CheckCash(withdrawal.Account, settled.Cash, Limits.Cash)
            ?? Risk.CheckCash(withdrawal.Account, settled.Cash - withdrawal.Amount, Limits.TradedCash)
            ?? Risk.CheckInitialMargin(withdrawal.Account, Standing.Of(After(settled, withdrawal), markets))
            ?? Risk.CheckNonce(withdrawal.Account, account)
            ?? Risk.CheckHouse(context.Ledger.House + settled.Rest);
    }

    public static void Apply(BatchContext context, Withdrawal withdrawal, int lane)
    {
        var name = $"withdrawals[{lane}]";
        context.Inputs.SetInteger($"{name}.amount", withdrawal.Amount);
        context.Inputs.SetInteger($"{name}.recipient", withdrawal.Destination);
        context.Inputs.Set($"{name}.at", context.Ledger, withdrawal.Account);
        context.Inputs.Set($"{name}.signature", withdrawal.Signature);
        context.Words.SetWithdrawal(lane, withdrawal);

        var settled = Settlement.Of(context.Ledger[withdrawal.Account], context.Ledger.Markets);
        context.Ledger[withdrawal.Account] = After(settled, withdrawal);
        context.Ledger.House += settled.Rest;
    }

    private static Account After(Settlement settled, Withdrawal withdrawal) =>
        unchecked(settled.Account with { Nonce = settled.Account.Nonce + 1, Cash = settled.Account.Cash - withdrawal.Amount });
}
