using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The hashes of circuits/margin/state.circuit.</summary>
public static class StateHash
{
    /// <summary>The leaf of an account whose order tree has the given root.</summary>
    public static Fr Account(Account account, Fr ordersRoot)
    {
        var sizes = BigInteger.Zero;
        for (var i = 0; i < account.Sizes.Length; i++)
        {
            sizes += (BigInteger)account.Sizes[i] << (58 * i);
        }

        return Poseidon.Hash(
            account.Owner.X, account.Owner.Y, Fr.FromInteger(account.Cash + ((BigInteger)account.Nonce << 64)), Fr.FromInteger(sizes), ordersRoot);
    }

    /// <summary>The value of an order slot.</summary>
    public static Fr Order(OrderSlot slot) => Fr.FromInteger(slot.Id + ((BigInteger)slot.Filled << 32));

    /// <summary>The state root.</summary>
    public static Fr Root(Fr accountsRoot, Prices prices, long fees)
    {
        Fr[] words = [Fr.FromInteger(prices.Time), .. prices.Price.Select(price => Fr.FromUInt64(price))];
        return Poseidon.Hash(accountsRoot, Poseidon.Hash(words), Fr.FromInteger(fees));
    }

    /// <summary>The configuration's hash, which the contract holds.</summary>
    public static Fr Configuration(Configuration configuration)
    {
        Fr[] signers = [.. configuration.Signers.SelectMany(key => new[] { key.X, key.Y })];
        Fr[] words =
        [
            configuration.Domain,
            Fr.FromUInt64(configuration.MaxPriceAge),
            configuration.MaxPriceMove,
            .. configuration.InitialFraction.Select(fraction => (Fr)fraction),
            Poseidon.Hash(signers),
        ];
        return Poseidon.Hash(words);
    }
}
