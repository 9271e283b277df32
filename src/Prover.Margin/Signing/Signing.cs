using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>Signs what traders, account owners and oracles ask for.</summary>
public static class Signing
{
    /// <summary>An order to buy or sell, with the fee that this trade takes.</summary>
    public static OrderSide SignOrder(this EddsaPrivateKey key, Configuration configuration, int market, bool sells, OrderSide unsigned) =>
        unsigned with { Signature = key.Sign(Messages.Order(configuration, unsigned, market, sells)) };

    /// <summary>A withdrawal from an account with a nonce.</summary>
    public static Withdrawal SignWithdrawal(
        this EddsaPrivateKey key, Configuration configuration, long account, uint nonce, long amount, BigInteger recipient, int chain = 0)
    {
        var unsigned = new Withdrawal(account, amount, recipient, default) { Chain = chain };
        return unsigned with { Signature = key.Sign(Messages.Withdrawal(configuration, unsigned, nonce)) };
    }

    /// <summary>A request for a forced exit. The contract takes it once, and again only with another salt.</summary>
    public static ForcedExit SignExit(this EddsaPrivateKey key, Configuration configuration, ForcedExit unsigned, ReadOnlySpan<byte> salt = default) =>
        unsigned with { Signature = key.Sign(Messages.Exit(configuration, unsigned), salt) };

    /// <summary>A request for a forced close. The contract takes it once, and again only with another salt.</summary>
    public static ForcedClose SignClose(this EddsaPrivateKey key, Configuration configuration, ForcedClose unsigned, ReadOnlySpan<byte> salt = default) =>
        unsigned with { Signature = key.Sign(Messages.Close(configuration, unsigned), salt) };

    /// <summary>A change of the keys of an account with a nonce.</summary>
    public static KeyChange SignKeys(this EddsaPrivateKey key, Configuration configuration, uint nonce, KeyChange unsigned) =>
        unsigned with { Signature = key.Sign(Messages.Keys(configuration, unsigned, nonce)) };

    /// <summary>The cancelling of an order.</summary>
    public static Cancel SignCancel(this EddsaPrivateKey key, Configuration configuration, Cancel unsigned) =>
        unsigned with { Signature = key.Sign(Messages.Cancel(configuration, unsigned)) };

    /// <summary>A transfer from an account with a nonce.</summary>
    public static Transfer SignTransfer(this EddsaPrivateKey key, Configuration configuration, uint nonce, Transfer unsigned) =>
        unsigned with { Signature = key.Sign(Messages.Transfer(configuration, unsigned, nonce)) };

    /// <summary>A lock of money under a hash.</summary>
    public static HashLock SignLock(this EddsaPrivateKey key, Configuration configuration, HashLock unsigned) =>
        unsigned with { Signature = key.Sign(Messages.Lock(configuration, unsigned)) };

    /// <summary>An oracle's report.</summary>
    public static PriceReport SignPrices(this EddsaPrivateKey key, Configuration configuration, int signer, long time, ImmutableArray<Quoted> quoted, params ImmutableArray<ImmutableArray<long>> shocks) =>
        new(signer, quoted, key.Sign(Messages.Prices(configuration, time, quoted, shocks)));

    /// <summary>A change of a market's margins, so many updates having been made before.</summary>
    public static MarketUpdate SignUpdate(this EddsaPrivateKey key, Configuration configuration, uint updates, MarketUpdate unsigned) =>
        unsigned with { Signature = key.Sign(Messages.Update(configuration, unsigned, updates)) };
}
