using System.Collections.Immutable;
using Prover.Margin;

namespace Prover.Circuits.Tests;

/// <summary>The random batches of shapes without scenarios in such with two: one in which prices fall and one in which they rise, or the other way in some markets.</summary>
internal static class ScenarioBatches
{
    public static Gen<Batch> Any { get; } = Of(BoundaryBatches.Any);

    public static Gen<Batch> Housekeeping { get; } = Of(BoundaryBatches.Housekeeping);

    public static Gen<Batch> Liquidations { get; } = Of(BoundaryBatches.Liquidations);

    public static Gen<Batch> TakeOvers { get; } = Of(LossBatches.TakeOvers);

    public static Gen<Batch> Deleveragings { get; } = Of(LossBatches.Deleveragings);

    public static Gen<Batch> Locks { get; } = Of(LockBatches.Locks);

    public static Gen<Batch> Closes { get; } = Of(ForcedBatches.Closes);

    public static Gen<Batch> Exits { get; } = Of(ForcedBatches.Exits);

    private static Gen<Batch> Of(Gen<Batch> batches) =>
        from batch in batches
        from falls in Gen.Frequency((8, Gen.Int[15, 80]), (1, Gen.Int[5, 15])).Array[TinyBatch.Shape.Markets]
        from rises in Gen.Frequency((8, Gen.Int[15, 80]), (1, Gen.Int[5, 15])).Array[TinyBatch.Shape.Markets]
        from turned in Gen.Bool.Array[TinyBatch.Shape.Markets]
        from chosen in Gen.Frequency((1, Gen.Const(false)), (2, Gen.Const(true))).Array[3]
        from moved in Gen.Frequency((3, Gen.Const(0L)), (1, Gen.Long[-1L << 33, 1L << 33]))
        from leeway in Gen.Frequency((3, Gen.Const(0UL)), (1, Gen.ULong[0, 1UL << 33]))
        from only in Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, TinyBatch.Shape.Markets]))
        let shocks = Desk.Price.Select((price, m) => Shocks((long)price / 1000, falls[m], rises[m], turned[m])).ToImmutableArray()
        let changed = batch.WithScenarios(shocks, [.. new[] { Desk.Fund, Desk.Alice, Desk.Bob }.Where((account, i) => chosen[i] && batch.State.Accounts.ContainsKey(account))])
        let ticked = changed with { Transactions = [.. changed.Transactions.Select(each => each is OracleTick tick ? Desk.Resigned(tick, [[shocks[0][0] + moved, .. shocks[0][1..]], .. shocks[1..]]) : each)] }
        select ticked.WithMarkets(markets => markets with { List = [.. markets.List.Select((market, m) => market with { Leeway = leeway, PortfolioOnly = m + 1 == only })] });

    private static ImmutableArray<long> Shocks(long thousandth, int fall, int rise, bool turned) => turned ? [thousandth * rise, -thousandth * fall] : [-thousandth * fall, thousandth * rise];
}
