using Prover.Primitives;

namespace Prover.Margin;

/// <summary>circuits/margin/keys.circuit.</summary>
internal static class KeyChangeTransition
{
    public static Rejection? Check(BatchContext context, KeyChange change)
    {
        var account = context.Ledger[change.Account];
        return !Eddsa.Verify(account.Owner, Messages.Keys(context.Configuration, change, account.Nonce), change.Signature)
            ? new("bad signature", $"keys of account {change.Account} with nonce {account.Nonce}") { Account = change.Account }
            : change.Owner.X.IsZero && change.Owner.Y.IsZero ? new("no key", $"(0, 0) marks accounts that nobody owns, account {change.Account}") { Account = change.Account }
            : change.Portfolio && context.Ledger.Shape.Scenarios == 0 ? new("no scenarios", $"for account {change.Account}; the shape has none") { Account = change.Account, Measure = new(0, 1, Unit.Count) }
            : change.Portfolio != account.Portfolio && !account.Positions.IsEmpty
                ? new("positions open", $"account {change.Account} has {account.Positions.Count}, and cannot choose another margin before they are closed") { Account = change.Account, Measure = new(account.Positions.Count, 0, Unit.Count) }
            : change.Account == InsuranceFund.Account && (change.Isolated || change.Portfolio != (context.Ledger.Shape.Scenarios != 0))
                ? new("the insurance fund keeps its margin", "so that it can take over whatever is held") { Account = change.Account }
            : change.Isolated && account.Positions.Count > 1
                ? new("isolated margin", $"account {change.Account} has {account.Positions.Count} positions, and may have one") { Account = change.Account, Measure = new(account.Positions.Count, 1, Unit.Count) }
            : Risk.CheckNonce(change.Account, account);
    }

    public static void Apply(BatchContext context, KeyChange change, int lane)
    {
        var name = $"keys[{lane}]";
        context.Inputs.SetInteger($"{name}.is_used", 1);
        context.Inputs.Set($"{name}.owner", change.Owner);
        context.Inputs.Set($"{name}.session", change.Session);
        context.Inputs.SetInteger($"{name}.portfolio", change.Portfolio ? 1 : 0);
        context.Inputs.SetInteger($"{name}.isolated", change.Isolated ? 1 : 0);
        context.Inputs.Set($"{name}.at", context.Ledger, change.Account);
        context.Inputs.Set($"{name}.signature", change.Signature);
        context.Words.SetKeyChange(lane, change);
        var account = context.Ledger[change.Account];
        context.Ledger[change.Account] = account with { Owner = change.Owner, Session = change.Session, Portfolio = change.Portfolio, Isolated = change.Isolated, Nonce = unchecked(account.Nonce + 1) };
    }
}
