using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The messages that are signed, each with its own tag, all with the deployment's domain.</summary>
public static class Messages
{
    private const int PricesTag = 1;
    private const int OrderTag = 2;
    private const int WithdrawTag = 3;
    private const int KeysTag = 4;
    private const int CancelTag = 5;
    private const int TransferTag = 6;
    private const int MarketTag = 7;
    private const int ExitTag = 8;
    private const int CloseTag = 9;
    private const int LockTag = 10;

    /// <summary>What an oracle key signs: prices and rates of its own, and scenarios that all keys agree on, if the shape has any.</summary>
    public static Fr Prices(Configuration configuration, long time, IEnumerable<Quoted> quoted, ImmutableArray<ImmutableArray<long>> shocks)
    {
        Fr[] words = [configuration.Domain, PricesTag, Fr.FromInteger(time), .. quoted.Select(Word)];
        return Poseidon.Chain(shocks.IsEmpty ? words : [.. words, StateHash.Shocks(shocks)]);
    }

    /// <summary>What is said of a market, in one word.</summary>
    internal static Fr Word(Quoted quoted) => Fr.FromInteger(quoted.Price + ((BigInteger)(quoted.Rate + Limits.Million) << 64));

    /// <summary>What the owner of an order's account signs.</summary>
    public static Fr Order(Configuration configuration, OrderSide side, int market, bool sells)
    {
        var first = side.Account + ((BigInteger)market << 24) + ((sells ? BigInteger.One : 0) << 32)
            + ((side.ReduceOnly ? BigInteger.One : 0) << 33) + ((BigInteger)side.Id << 40) + ((BigInteger)side.Expiry << 72);
        var second = side.Base + ((BigInteger)side.Quote << 64) + ((BigInteger)side.FeeCap << 128);
        return Poseidon.Hash(configuration.Domain, OrderTag, Fr.FromInteger(first), Fr.FromInteger(second));
    }

    /// <summary>What the owner of an account with a nonce signs to withdraw.</summary>
    public static Fr Withdrawal(Configuration configuration, Withdrawal withdrawal, uint nonce)
    {
        var word = withdrawal.Account + ((BigInteger)nonce << 24) + ((BigInteger)withdrawal.Amount << 56);
        return Poseidon.Hash(configuration.Domain, WithdrawTag, Fr.FromInteger(word), Fr.FromInteger(withdrawal.Destination));
    }

    /// <summary>What the owner of an account with a nonce signs to hand it to another key, name a session key or choose its margin.</summary>
    public static Fr Keys(Configuration configuration, KeyChange change, uint nonce)
    {
        var word = change.Account + ((BigInteger)nonce << 24) + ((change.Portfolio ? BigInteger.One : 0) << 56) + ((change.Isolated ? BigInteger.One : 0) << 57);
        return Poseidon.Hash(configuration.Domain, KeysTag, Fr.FromInteger(word), change.Owner.X, change.Owner.Y, change.Session);
    }

    /// <summary>What is signed to cancel an order.</summary>
    public static Fr Cancel(Configuration configuration, Cancel cancel) =>
        Poseidon.Hash(configuration.Domain, CancelTag, Fr.FromInteger(cancel.Account + ((BigInteger)cancel.Id << 24)));

    /// <summary>What the owner of an account with a nonce signs to move money to another of his accounts.</summary>
    public static Fr Transfer(Configuration configuration, Transfer transfer, uint nonce)
    {
        var word = transfer.Sender + ((BigInteger)transfer.Receiver << 24) + ((BigInteger)nonce << 48) + ((BigInteger)transfer.Amount << 80);
        return Poseidon.Hash(configuration.Domain, TransferTag, Fr.FromInteger(word));
    }

    /// <summary>What the owner of an account signs for a forced exit, whatever the account's nonce.</summary>
    public static Fr Exit(Configuration configuration, ForcedExit exit) =>
        Poseidon.Hash(configuration.Domain, ExitTag, Fr.FromInteger(exit.Account + ((BigInteger)exit.Amount << 24)), Fr.FromInteger(exit.Recipient));

    /// <summary>What the owner of an account signs for a forced close, whatever the account's nonce.</summary>
    public static Fr Close(Configuration configuration, ForcedClose close) =>
        Poseidon.Hash(configuration.Domain, CloseTag, Fr.FromInteger(close.Account + ((BigInteger)close.Market << 24) + ((BigInteger)close.Base << 32)));

    /// <summary>What the owner of an account signs to set money apart under a hash.</summary>
    public static Fr Lock(Configuration configuration, HashLock transaction)
    {
        var locked = transaction.Lock;
        var word = transaction.Account + ((BigInteger)locked.Receiver << 24) + ((BigInteger)transaction.Id << 48) + ((BigInteger)locked.Amount << 80);
        return Poseidon.Hash(
            configuration.Domain, LockTag, Fr.FromInteger(word), Fr.FromInteger(locked.Deadline + (LockedTransfer.High(locked.Hash) << 40)), Fr.FromInteger(LockedTransfer.Low(locked.Hash)));
    }

    /// <summary>What the governance's key signs to change a market's margins, so many updates having been made before.</summary>
    public static Fr Update(Configuration configuration, MarketUpdate update, uint updates) => Poseidon.Chain(
        [configuration.Domain, MarketTag, Fr.FromInteger(update.Market + ((BigInteger)updates << 8)), .. StateHash.Parameters(Market.None.After(update))]);
}
