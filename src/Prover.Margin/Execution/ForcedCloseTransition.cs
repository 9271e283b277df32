using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>apply_close of circuits/margin/forced.circuit on exact integers, its checks in the same order.</summary>
internal static class ForcedCloseTransition
{
    public static Rejection? Check(BatchContext context, ForcedClose close)
    {
        var ledger = context.Ledger;
        return Risk.CheckFresh(ledger.Markets, context.Now, context.Configuration)
            ?? (Shortfall(context, close) is null ? Risk.CheckHouse(ledger.House + Lost(ledger, close).LeftOver(0) + Taken(ledger, close).LeftOver(0)) : null);
    }

    /// <summary>Why nothing is closed, or null.</summary>
    public static Rejection? Shortfall(BatchContext context, ForcedClose close) => CheckSigned(context, close) ?? CheckMove(context.Ledger, close);

    public static void Apply(BatchContext context, ForcedClose close, int lane)
    {
        var (name, ledger) = ($"closes[{lane}]", context.Ledger);
        var isDone = Shortfall(context, close) is null;
        var (lost, taken) = (Lost(ledger, close), Taken(ledger, close));
        context.Inputs.SetInteger($"{name}.market", close.Market);
        context.Inputs.SetInteger($"{name}.base", close.Base);
        context.Inputs.Set($"{name}.at", ledger, close.Account);
        context.Inputs.Set($"{name}.signature", close.Signature);
        context.Words.SetClose(lane, close);
        if (isDone)
        {
            lost.Apply(ledger, lost.After, fee: 0);
        }

        context.Inputs.SetFund($"{name}.fund", ledger);
        if (isDone)
        {
            taken.Apply(ledger, taken.After, fee: 0);
        }
    }

    /// <summary>What the fund gets of the market, as much of the position as there is.</summary>
    private static BigInteger PartOf(Ledger ledger, ForcedClose close)
    {
        var held = ledger[close.Account].SizeIn(close.Market);
        return Math.Sign(held) * BigInteger.Min(close.Base, Math.Abs(held));
    }

    /// <summary>What the account gets for it, rounded down.</summary>
    private static BigInteger PaidFor(BigInteger part, Market market) =>
        Risk.Floor(((part * Limits.Million) - (BigInteger.Abs(part) * market.Base.Maintenance)) * market.Price);

    private static Move Lost(Ledger ledger, ForcedClose close)
    {
        var part = PartOf(ledger, close);
        return new(ledger, close.Account, close.Market, -part, PaidFor(part, ledger.Markets[close.Market]));
    }

    private static Move Taken(Ledger ledger, ForcedClose close)
    {
        var part = PartOf(ledger, close);
        return new(ledger, InsuranceFund.Account, close.Market, part, -PaidFor(part, ledger.Markets[close.Market]));
    }

    private static Rejection? CheckSigned(BatchContext context, ForcedClose close) =>
        ForcedRequests.CheckSigned(close.Account, context.Ledger[close.Account], Messages.Close(context.Configuration, close), close.Signature);

    private static Rejection? CheckMove(Ledger ledger, ForcedClose close)
    {
        if (close.Account == InsuranceFund.Account)
        {
            return new("same account on both sides", $"account {InsuranceFund.Account}, the insurance fund");
        }

        var part = PartOf(ledger, close);
        if (part.IsZero)
        {
            return new("no reduction", $"account {close.Account} holds nothing of market {close.Market}") { Account = close.Account };
        }

        var (lost, taken) = (Lost(ledger, close), Taken(ledger, close));
        return CheckCash(lost) ?? CheckCash(taken) ?? Risk.CheckSize(InsuranceFund.Account, taken.Size) ?? lost.CheckAcceptable() ?? taken.CheckHolding() ?? taken.CheckAcceptable();
    }

    private static Rejection? CheckCash(Move move) =>
        ForcedRequests.CheckCash(move.Index, move.Settled, 0) ?? ForcedRequests.CheckCash(move.Index, move.Settled, move.Cash - move.Settled.Cash);
}
