using System.Numerics;

namespace Prover.Margin;

/// <summary>What an operator can do about a refusal, where that is evident.</summary>
public static class Remedy
{
    /// <summary>A sentence, or null if there is none to say.</summary>
    public static string? Of(Verdict verdict) => verdict.Rejection is { } rejection ? Of(rejection, verdict.Transaction) : null;

    private static string? Of(Rejection rejection, Transaction transaction) => rejection.Rule switch
    {
        "initial margin" => Margin(rejection, transaction),
        "collateral out of range" => Collateral(rejection, transaction),
        "position too large" => $"let account {rejection.Account} hold no more than {Numbers.Size(BigInteger.Abs(rejection.Measure!.Need))}",
        "fees out of range" => "sweep what the house has into the insurance fund first",
        "no lane left" => "put it into the next batch, or use a shape with more lanes",
        "no such account" => $"use an account up to {rejection.Measure!.Need}, or a shape with a deeper tree",
        "stale prices" when transaction is OracleTick => "get reports that were signed later",
        "stale prices" => "wait for fresh prices: a tick in this batch or an earlier one",
        "prices not newer" => "drop the tick: these prices or newer ones are there already",
        "prices from the future" => $"run the batch in {rejection.Measure!.ShowGap()} or later, with that time",
        "price moves too far" => $"the oracle's price must come nearer in steps, at most {Shown(rejection)} in this one, or be signed later",
        "shocks move too far" => $"the oracle's scenario must come nearer in steps, to {Bound(rejection)} in this one, or be signed later",
        "zero price" => "the oracle must quote a price of every market that is listed",
        "funding out of range" => "the oracle must report a rate of funding that is nearer to zero",
        "oracle signers not distinct and in order" => "bring the reports of different signers, in the order of their numbers",
        "bad oracle signature" => "get the signer's report again; it must be over exactly this time, these prices and rates",
        "bad signature" when transaction is MarketUpdate => "the governance's key must sign exactly this, as the update of that number",
        "bad signature" => $"the owner of account {rejection.Account} must sign exactly this",
        "not the account's key" => $"the owner of account {rejection.Account} must sign it, or name the session key in a change of keys",
        "not the same owner" => "transfer between accounts of one owner only",
        "market not listed" => "use a market that is listed, and for which there has been a price",
        "same account on both sides" when transaction is Transfer or HashLock => "name another account as the receiver",
        "same account on both sides" when transaction is TakeOver => "leave the insurance fund's own positions to liquidation",
        "same account on both sides" => "match the order with another account's",
        "order expired" => "the order has expired; its owner must sign a new one",
        "order superseded" when transaction is HashLock => $"the owner of account {rejection.Account} must sign the lock with id {rejection.Measure!.Need} or a higher one of the same slot",
        "order superseded" when transaction is Cancel => "there is nothing to cancel: a newer order has used the slot",
        "order superseded" => $"the owner of account {rejection.Account} must sign a new order, with id {rejection.Measure!.Need} or a higher one of the same slot",
        "order slot not in the account" => $"use an id of another slot, or wait until the lock in this one of account {rejection.Account} is claimed or goes back",
        "lock expired" => "only a refund is possible now",
        "lock not expired" => $"wait: it goes back from {rejection.Measure!.Need} on",
        "another receiver" => "name the receiver that the lock is for",
        "nobody's account" => $"deposit to account {rejection.Account} first, which makes it somebody's",
        "no such lock" => "use the account and the id of a lock that has neither been claimed nor gone back",
        "another secret" => "show the 32 bytes whose SHA-256 is the lock's hash",
        "order overfilled" => Overfilled(rejection, transaction),
        "fee above its cap" => $"take a fee of at most {Shown(rejection)} from account {rejection.Account}",
        "limit price" => $"trade for {Bound(rejection)}, if the other side's limit allows that",
        "no position slot left" => $"close one of the other positions of account {rejection.Account} first",
        "the insurance fund keeps its margin" => "choose what the insurance fund has: portfolio margin where there are scenarios, and not isolated",
        "leeway and portfolio margin go together" => "give a market leeway if it is for portfolio margin only, and only then",
        "isolated margin" when transaction is KeyChange => $"close all positions of account {rejection.Account} but one first",
        "isolated margin" => $"close the other position of account {rejection.Account} first, or use another account",
        "portfolio margin only" => $"account {rejection.Account} must choose portfolio margin in a change of keys first, while it has no positions",
        "order is reduce-only" => "trade no more than the position that the order is to reduce, and against its side",
        "not below maintenance margin" => $"leave account {rejection.Account} alone: it has its maintenance margin",
        "no reduction" => $"take no more of account {rejection.Account} than its position, and against its side",
        "price better than the oracle's" => $"trade for {Bound(rejection)}, which is the oracle's price",
        "discount too great" => rejection.Measure!.Need.Sign < 0
            ? $"let account {rejection.Account} pay at most {Numbers.Money(-rejection.Measure.Need)}, the fee included"
            : $"leave account {rejection.Account} at least {Shown(rejection)}, the fee taken off",
        "worth falls against margin" => $"take a lower fee from account {rejection.Account}, or trade nearer to the oracle's price",
        "below close-out margin" => $"let the insurance fund take it over, or {TopUp(rejection)}",
        "not below close-out margin" => $"leave account {rejection.Account} to liquidation: it has its close-out margin",
        "below the zero quote" or "above the zero quote" => $"pay account {rejection.Account} {Shown(rejection)}, the zero quote",
        "no such market" => $"use a market up to {rejection.Measure!.Need}, or a shape with more markets",
        "margins not in order" => $"ask for at most {Shown(rejection)} there: close-out margin up to maintenance margin, and that up to initial margin",
        "margin above the notional" => $"ask for at most {Shown(rejection)} of initial margin, base and raises together",
        "market without margin" when rejection.Measure!.Unit == Unit.Size => "let all positions in the market be closed before it is taken off the list",
        "market without margin" => $"ask for {Bound(rejection)} of close-out margin, or for no margin to take the market off the list",
        "no scenarios" => "leave out portfolio margin, or use a shape with scenarios",
        "positions open" when transaction is KeyChange => $"close the positions of account {rejection.Account} first, or leave its margin as it is",
        "positions open" => "let all positions in the market be closed first, or leave out the change between portfolio margin and tiers",
        "no key" => "name the public key of whoever shall own the account",
        "nonce exhausted" => $"use a forced exit, which takes no nonce, to get the money out of account {rejection.Account}",
        "the insurance fund can take it" => "let the insurance fund take it over",
        "the insurance fund can take a part of it" => "let the insurance fund take over as much as it can, and deleverage the rest",
        "fees not swept" => "sweep what the house has into the insurance fund first",
        "rank below the committed one" => $"deleverage an account of a higher rank, or commit to {rejection.Measure!.Have}",
        "the house has less" => $"sweep at most {Shown(rejection)}",
        "open interest out of range" when transaction is OracleTick => $"let positions be closed in an earlier batch: at this price at most {Shown(rejection)} may be open",
        "open interest out of range" => $"trade less: at most {Shown(rejection)} may be open",
        _ => null,
    };

    private static string Margin(Rejection rejection, Transaction transaction) => $"{TopUp(rejection)}{OrLess(rejection, transaction)}";

    private static string? Collateral(Rejection rejection, Transaction transaction)
    {
        // Funding alone takes the account that far, and neither its signature nor its amount can change that.
        if (BigInteger.Abs(rejection.Measure!.Need) == Limits.Cash && transaction is not Deposit)
        {
            return null;
        }

        var other = rejection.Measure.IsTooLittle ? TopUp(rejection) : $"withdraw at least {rejection.Measure.ShowGap()} from account {rejection.Account} first";
        return $"{other}{OrLess(rejection, transaction)}";
    }

    private static string TopUp(Rejection rejection) => $"deposit at least {rejection.Measure!.ShowGap()} to account {rejection.Account}";

    /// <summary>By how much less a transaction would do, if it moves an amount that is greater than what is missing or too much.</summary>
    private static string OrLess(Rejection rejection, Transaction transaction)
    {
        var (verb, amount) = transaction switch
        {
            Deposit deposit => ("deposit", deposit.Amount),
            Withdrawal withdrawal => ("withdraw", withdrawal.Amount),
            Transfer transfer => ("transfer", transfer.Amount),
            HashLock locked => ("lock", locked.Lock.Amount),
            Sweep sweep => ("sweep", sweep.Amount),
            _ => ("", 0L),
        };
        return amount > rejection.Measure!.GapInMoney ? $", or {verb} at most {Numbers.Money(amount - rejection.Measure.GapInMoney)}" : "";
    }

    private static string Overfilled(Rejection rejection, Transaction transaction)
    {
        if (rejection.Measure is not { } measure)
        {
            return "the order is cancelled; its owner must sign a new one";
        }

        var rest = (transaction is Liquidation liquidation ? liquidation.Base : ((Trade)transaction).Base) - measure.Gap;
        return rest.Sign > 0 ? $"trade at most {Numbers.Size(rest)}" : "the order is filled; its owner must sign a new one";
    }

    private static string Bound(Rejection rejection) => $"{(rejection.Measure!.IsTooLittle ? "at least" : "at most")} {Shown(rejection)}";

    private static string Shown(Rejection rejection) => rejection.Measure!.Show(rejection.Measure.Need);
}
