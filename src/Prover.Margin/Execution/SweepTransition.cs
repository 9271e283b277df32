using System.Numerics;

namespace Prover.Margin;

/// <summary>apply_sweep of circuits/margin/takeover.circuit on exact integers.</summary>
internal static class SweepTransition
{
    public static Rejection? Check(BatchContext context, Sweep sweep)
    {
        var ledger = context.Ledger;
        return Risk.CheckCash(InsuranceFund.Account, (BigInteger)ledger[InsuranceFund.Account].Cash + sweep.Amount, Limits.TradedCash)
            ?? (ledger.House >= (BigInteger)sweep.Amount << 32 ? null : new(
                "the house has less", $"{Numbers.Money(ledger.House >> 32)} of the {Numbers.Money(sweep.Amount)} that are swept")
            {
                Measure = new(sweep.Amount, ledger.House >> 32, Unit.Money),
            });
    }

    public static void Apply(BatchContext context, Sweep sweep, int lane)
    {
        var ledger = context.Ledger;
        context.Inputs.SetInteger($"sweeps[{lane}].amount", sweep.Amount);
        context.Inputs.SetFund($"sweeps[{lane}].fund", ledger);
        context.Words.SetSweep(lane, sweep);
        var fund = ledger[InsuranceFund.Account];
        ledger[InsuranceFund.Account] = fund with { Cash = unchecked(fund.Cash + sweep.Amount) };
        ledger.House -= (BigInteger)sweep.Amount << 32;
    }
}
