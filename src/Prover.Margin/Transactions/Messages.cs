using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The messages that are signed, each with its own tag, all with the deployment's domain.</summary>
public static class Messages
{
    private const int PricesTag = 1;
    private const int OrderTag = 2;
    private const int WithdrawTag = 3;

    /// <summary>What an oracle key signs.</summary>
    public static Fr Prices(Configuration configuration, long time, IEnumerable<Quoted> quoted) =>
        Poseidon.Chain([configuration.Domain, PricesTag, Fr.FromInteger(time), .. quoted.Select(Word)]);

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
        return Poseidon.Hash(configuration.Domain, WithdrawTag, Fr.FromInteger(word), Fr.FromInteger(withdrawal.Recipient));
    }
}
