using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/withdraw.circuit on exact integers.</summary>
internal static class WithdrawalTransition
{
    public static Rejection? Check(BatchContext context, Withdrawal withdrawal)
    {
        var account = context.Ledger[withdrawal.Account];
        if (!Eddsa.Verify(account.Owner, Messages.Withdrawal(context.Configuration, withdrawal, account.Nonce), withdrawal.Signature))
        {
            return new("bad signature", $"withdrawal from account {withdrawal.Account} with nonce {account.Nonce}");
        }

        if (Risk.CheckFresh(context.Ledger.Prices, context.Now, context.Configuration) is { } stale)
        {
            return stale;
        }

        if (account.Nonce == uint.MaxValue)
        {
            return new("nonce exhausted", $"account {withdrawal.Account}");
        }

        var cash = (Int128)account.Cash - withdrawal.Amount;
        return cash < -Limits.Cash
            ? new("collateral out of range", $"{Numbers.Money(cash)} would exceed {Numbers.Money(Limits.Cash)} in account {withdrawal.Account}")
            : Risk.CheckInitialMargin(withdrawal.Account, After(account, withdrawal), context.Ledger.Prices, context.Configuration);
    }

    public static void Apply(BatchContext context, Withdrawal withdrawal, int lane)
    {
        var name = $"withdrawals[{lane}]";
        context.Inputs.SetInteger($"{name}.amount", withdrawal.Amount);
        context.Inputs.SetInteger($"{name}.recipient", withdrawal.Recipient);
        context.Inputs.Set($"{name}.at", context.Ledger, withdrawal.Account);
        context.Inputs.Set($"{name}.signature", withdrawal.Signature);
        context.Words.SetWithdrawal(lane, withdrawal);
        context.Ledger[withdrawal.Account] = After(context.Ledger[withdrawal.Account], withdrawal);
    }

    private static Account After(Account account, Withdrawal withdrawal) =>
        unchecked(account with { Nonce = account.Nonce + 1, Cash = account.Cash - withdrawal.Amount });
}
