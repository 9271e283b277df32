using System.Numerics;

namespace Prover.Margin;

/// <summary>circuits/margin/deposit.circuit on exact integers.</summary>
internal static class DepositTransition
{
    public static Rejection? Check(BatchContext context, Deposit deposit) =>
        Risk.CheckCash(deposit.Account, (BigInteger)context.Ledger[deposit.Account].Cash + deposit.Amount, Limits.Cash);

    public static void Apply(BatchContext context, Deposit deposit, int lane)
    {
        var name = $"deposits[{lane}]";
        context.Inputs.SetInteger($"{name}.amount", deposit.Amount);
        context.Inputs.Set($"{name}.key", deposit.Key);
        context.Inputs.Set($"{name}.at", context.Ledger, deposit.Account);
        context.Words.SetDeposit(lane, deposit);

        var account = context.Ledger[deposit.Account];
        var opensFund = account.IsEmpty && deposit.Account == InsuranceFund.Account;
        context.Ledger[deposit.Account] = account with
        {
            Owner = !account.IsEmpty ? account.Owner : opensFund ? context.Configuration.Governance : deposit.Key,
            Portfolio = account.Portfolio || (opensFund && context.Ledger.Shape.Scenarios != 0),
            Cash = unchecked(account.Cash + deposit.Amount),
        };
    }
}
