using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Requests that the contract has put into a batch, near every bound.</summary>
internal static class ForcedBatches
{
    /// <summary>The account's owner, or now and then Alice.</summary>
    private static Gen<int> Signers { get; } = Gen.Frequency((8, Gen.Const(-1)), (1, Gen.Const((int)Desk.Alice)));

    public static Gen<Batch> Exits { get; } =
        from state in BoundaryBatches.States
        from account in Gen.Frequency((1, Gen.Const(Desk.Carol)), (8, Gen.Const(Desk.Bob)))
        from amount in Gen.Long[1, 30_000]
        from signer in Signers
        select Desk.Forced(Desk.Exit(account, amount, signer)) with { State = state };

    /// <summary>Bob closes what he may hold against a fund that may hold the opposite.</summary>
    public static Gen<Batch> Closes { get; } =
        from state in BoundaryBatches.States
        from account in Gen.Frequency((1, Gen.Const(Desk.Fund)), (8, Gen.Const(Desk.Bob)))
        from market in Gen.Int[1, TinyBatch.Shape.Markets]
        from size in Gen.Long[1, 200]
        from signer in Signers
        from cash in Gen.Long[0, 30_000]
        from held in Gen.Frequency((2, Gen.Const(0L)), (1, Gen.Long[-150, 150]))
        let fund = Desk.Owned(2, cash) with
        {
            Positions = held == 0 ? ImmutableSortedDictionary<int, Position>.Empty : ImmutableSortedDictionary<int, Position>.Empty.Add(market, new(held, 0)),
        }
        let batch = Desk.Forced(Desk.Close(account, market, size, account == Desk.Fund ? 2 : signer)) with
        {
            State = state with { Accounts = state.Accounts.Add(Desk.Fund, fund) },
        }

        // Whatever is held is part of what is open, also in a market that is not listed.
        select batch.WithMarket(market, before => before with { OpenInterest = 300 });
}
