using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Margin;

/// <summary>The hashes of circuits/margin/state.circuit.</summary>
public static class StateHash
{
    /// <summary>The leaf of an account whose order tree has the given root, of a shape with so many slots.</summary>
    /// <remarks>Positions are in the slots by descending numbers of their markets; empty slots, all zeros, come last.</remarks>
    public static Fr Account(Account account, Fr ordersRoot, int slots)
    {
        const int First = 5;
        var words = new Fr[First + slots];
        (words[0], words[1], words[2]) = (account.Owner.X, account.Owner.Y, account.Session);
        (words[3], words[4]) = (Fr.FromInteger(account.Cash + ((BigInteger)account.Nonce << 64) + ((account.Portfolio ? BigInteger.One : 0) << 96) + ((account.Isolated ? BigInteger.One : 0) << 97)), ordersRoot);
        foreach (var (slot, (market, position)) in account.Positions.Reverse().Index())
        {
            words[First + slot] = Fr.FromInteger(market + ((BigInteger)position.Size << 8) + ((BigInteger)position.Funding << 72));
        }

        return Poseidon.Chain(words);
    }

    /// <summary>The value of an order slot.</summary>
    public static Fr Order(OrderSlot slot) => slot.Lock is { } locked
        ? Poseidon.Hash(
            Fr.FromInteger(slot.Id + ((BigInteger)locked.Receiver << 32) + ((BigInteger)locked.Amount << 56) + ((BigInteger)locked.Deadline << 117)),
            Fr.FromInteger(LockedTransfer.High(locked.Hash)),
            Fr.FromInteger(LockedTransfer.Low(locked.Hash)))
        : Fr.FromInteger(slot.Id + ((BigInteger)slot.Filled << 32));

    /// <summary>The state root.</summary>
    /// <param name="accountsRoot">Root of the account tree.</param>
    /// <param name="markets">The markets.</param>
    /// <param name="house">What fees and rests of roundings have left over, in 10⁻⁶ USD with 32 fractional bits.</param>
    public static Fr Root(Fr accountsRoot, Markets markets, BigInteger house) => Poseidon.Hash(accountsRoot, Markets(markets), Fr.FromInteger(house));

    /// <summary>The hash of all markets: of their margins, which seldom change, of all else, and of scenarios, if there are any.</summary>
    public static Fr Markets(Markets markets)
    {
        Fr[] margins = [.. markets.List.SelectMany(Parameters)];
        var scenarios = markets.List.IsEmpty ? 0 : markets.List[0].Shocks.Length;
        Fr[] others =
        [
            Fr.FromInteger(markets.PriceTime + ((BigInteger)markets.FundingTime << 40) + ((BigInteger)markets.Updates << 80) + ((BigInteger)scenarios << 112)),
            .. markets.List.Select(market => Fr.FromInteger(market.Price + ((BigInteger)market.OpenInterest << 64) + ((BigInteger)market.Funding << 120))),
        ];
        return scenarios != 0
            ? Poseidon.Hash(Poseidon.Chain(margins), Poseidon.Chain(others), Shocks(markets.List.Select(market => market.Shocks)))
            : Poseidon.Hash(Poseidon.Chain(margins), Poseidon.Chain(others));
    }

    /// <summary>The hash of the scenarios, which the oracle's keys sign.</summary>
    /// <param name="shocks">For each market, what each scenario does to its price.</param>
    public static Fr Shocks(IEnumerable<ImmutableArray<long>> shocks) => Poseidon.Chain([.. shocks.SelectMany(ShockWords)]);

    /// <summary>The shocks of a market, three to a word.</summary>
    internal static IEnumerable<Fr> ShockWords(ImmutableArray<long> shocks) => shocks.Chunk(BatchShape.ShocksInWord).Select(chunk => Fr.FromInteger(
        chunk.Index().Aggregate(BigInteger.Zero, (word, shock) => word + ((shock.Item - (BigInteger)long.MinValue) << (64 * shock.Index)))));

    /// <summary>The configuration's hash, which the contract holds.</summary>
    public static Fr Configuration(Configuration configuration)
    {
        Fr[] keys = [.. configuration.Signers.Append(configuration.Governance).SelectMany(key => new[] { key.X, key.Y })];
        var numbers = configuration.MaxPriceAge + ((BigInteger)configuration.MaxPriceMove << 24)
            + ((BigInteger)configuration.FundingInterval << 48) + ((BigInteger)configuration.MaxFunding << 72);
        return Poseidon.Hash(configuration.Domain, Fr.FromInteger(numbers), Poseidon.Hash(keys));
    }

    /// <summary>What a market asks for, a word for each tier; the first says all else that the governance sets.</summary>
    internal static IEnumerable<Fr> Parameters(Market market)
    {
        var first = Word(market.Base) + ((BigInteger)market.Leeway << 60) + ((market.PortfolioOnly ? BigInteger.One : 0) << 124);
        return market.Raises.Select(raise => Fr.FromInteger(raise.From + (Word(raise.By) << 96))).Prepend(Fr.FromInteger(first));
    }

    private static BigInteger Word(Margins margins) => margins.Initial + ((BigInteger)margins.Maintenance << 20) + ((BigInteger)margins.CloseOut << 40);
}
