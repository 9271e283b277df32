using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>apply_exit of circuits/margin/forced.circuit on exact integers.</summary>
internal static class ForcedExitTransition
{
    public static Rejection? Check(BatchContext context, ForcedExit exit) => Risk.CheckHouse(context.Ledger.House + Of(context, exit).Rest);

    /// <summary>Why less is paid than is asked for, or null.</summary>
    public static Rejection? Shortfall(BatchContext context, ForcedExit exit) => Of(context, exit).Shortfall;

    public static void Apply(BatchContext context, ForcedExit exit, int lane)
    {
        var (name, outcome) = ($"exits[{lane}]", Of(context, exit));
        context.Inputs.SetInteger($"{name}.amount", exit.Amount);
        context.Inputs.SetInteger($"{name}.recipient", exit.Recipient);
        context.Inputs.Set($"{name}.at", context.Ledger, exit.Account);
        context.Inputs.Set($"{name}.signature", exit.Signature);
        context.Words.SetExit(lane, exit, outcome.Paid);
        context.Ledger[exit.Account] = outcome.After;
        context.Ledger.House += outcome.Rest;
    }

    private static Outcome Of(BatchContext context, ForcedExit exit)
    {
        var (index, account, markets) = (exit.Account, context.Ledger[exit.Account], context.Ledger.Markets);
        if (ForcedRequests.CheckSigned(index, account, Messages.Exit(context.Configuration, exit), exit.Signature) is { } unsigned)
        {
            return new(0, account, 0, unsigned);
        }

        var settled = Settlement.Of(account, markets);
        if (ForcedRequests.CheckCash(index, settled, 0) is { } tooMuch)
        {
            return new(0, account, 0, tooMuch);
        }

        // At the last prices, be they stale: whoever withholds prices must not withhold money by that.
        var standing = Standing.Of(settled.Account, markets);
        var free = BigInteger.Min(exit.Amount, Risk.Floor(standing.AboveInitial));
        var paid = (long)BigInteger.Max(0, BigInteger.Min(free, settled.Cash + Limits.TradedCash));
        var after = settled.Account with { Cash = settled.Account.Cash - paid };
        return new(paid, after, settled.Rest, free < exit.Amount ? TooLittle(exit, standing, paid) : Risk.CheckCash(index, settled.Cash - exit.Amount, Limits.TradedCash));
    }

    private static Rejection TooLittle(ForcedExit exit, Standing standing, long paid)
    {
        var need = standing.Initial + (((BigInteger)exit.Amount << 32) * Limits.Million);
        var refusal = Risk.Refuse("initial margin", exit.Account, standing, need);
        return refusal with { Detail = $"{Numbers.Money(paid)} of {Numbers.Money(exit.Amount)} can be paid: {refusal.Detail}" };
    }

    private sealed record Outcome(long Paid, Account After, BigInteger Rest, Rejection? Shortfall);
}
