using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>Batches in which Alice, worth about her close-out margin or less than nothing, loses a part of a position near the zero quote.</summary>
internal static class LossBatches
{
    /// <summary>An update of a market, a sweep, and a take-over by a fund that is worth about what it needs.</summary>
    public static Gen<Batch> TakeOvers { get; } =
        from batch in Losing((loss, _) => new TakeOver(loss), TinyBatch.TakingOver)
        from update in Updates.Null(0.5)
        from sweep in Gen.Long[1, 8]
        select batch with { Transactions = [.. new Transaction?[] { update, sweep <= 4 ? new Sweep(sweep) : null }.OfType<Transaction>(), .. batch.Transactions] };

    /// <summary>A deleveraging against Bob, who holds about as much of the opposite.</summary>
    public static Gen<Batch> Deleveragings { get; } =
        from batch in Losing((loss, against) => new Deleverage(loss, against), TinyBatch.Deleveraging)
        from rank in Gen.Frequency((3, Gen.UInt[0, 300_000]), (1, Gen.UInt[0, 3_000_000]))
        select batch with { LeastRank = rank };

    private static Gen<MarketUpdate> Updates =>
        from market in Gen.Int[1, TinyBatch.Shape.Markets]
        from initial in Gen.Int[50_000, 60_000]
        from maintenance in Gen.Int[25_000, 51_000]
        from closeOut in Gen.Frequency((9, Gen.Int[12_500, 26_000]), (1, Gen.Const(0)))
        from updates in Gen.Frequency((9, Gen.Const(0u)), (1, Gen.Const(1u)))
        from forged in Gen.Int[0, 9]
        from only in Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true)))
        from leeway in only ? Gen.ULong : Gen.Frequency((9, Gen.Const(0UL)), (1, Gen.ULong))
        select Desk.Update(market, new(initial, maintenance, closeOut), Desk.Markets[market].Base, updates: updates, signedBy: forged == 0 ? 3 : -1, leeway: leeway, portfolioOnly: only);

    private static Gen<Batch> Losing(Func<Loss, long, Transaction> transaction, BatchShape shape) =>
        from market in Gen.Int[1, TinyBatch.Shape.Markets]
        from held in Gen.Long[100, 1000]
        from isLong in Gen.Bool
        from size in Gen.Frequency((8, Gen.Long[1, held]), (1, Gen.Long[1, 1010]))
        from worth in Gen.Frequency((3, Gen.Long[-200, 10]), (1, Gen.Long[10, 30]))
        from slip in Gen.Frequency((8, Gen.Const(0L)), (1, Gen.Long[-1, 1]))
        from fund in Gen.Frequency((1, Gen.Const(0L)), (3, Gen.Long[0, 20_000]))
        from opposite in Gen.Frequency((6, Gen.Long[900, 1200]), (1, Gen.Long[-100, 500]))
        from bobs in Gen.Long[0, 20_000]
        from against in Gen.Frequency((8, Gen.Const(Desk.Bob)), (1, Gen.Const(Desk.Alice)), (1, Gen.Const(Desk.Carol)))
        from funding in Gen.Long[-1L << 34, 1L << 34]
        let price = (long)(Desk.Price[market - 1] >> 32)
        let sign = isLong ? 1 : -1
        let batch = (Desk.Batch() with { Shape = shape })
            .With(Desk.Alice, account => account with
            {
                Cash = (-sign * held * price) + (held * price * worth / 1000),
                Positions = account.Positions.Clear().Add(market, new(sign * held, 0)),
            })
            .With(Desk.Fund, _ => Desk.Owned(2, fund))
            .With(Desk.Bob, account => account with
            {
                Cash = (sign * opposite * price) + bobs,
                Positions = opposite == 0 ? account.Positions : account.Positions.Add(market, new(-sign * opposite, 0)),
            })
            .WithMarket(market, before => before with { OpenInterest = 2_000, Funding = funding })
        let zero = (long)ZeroQuote.Of(batch.State.Accounts[Desk.Alice], batch.State.Markets, market, Math.Min(size, held))
        select batch with { Transactions = [transaction(new(market, size, zero + slip, Desk.Alice), against)] };
}
