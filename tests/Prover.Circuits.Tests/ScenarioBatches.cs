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

    private static Gen<Batch> Of(Gen<Batch> batches) =>
        from batch in batches
        from falls in Gen.Frequency((8, Gen.Int[15, 80]), (1, Gen.Int[5, 15])).Array[TinyBatch.Shape.Markets]
        from rises in Gen.Frequency((8, Gen.Int[15, 80]), (1, Gen.Int[5, 15])).Array[TinyBatch.Shape.Markets]
        from turned in Gen.Bool.Array[TinyBatch.Shape.Markets]
        from chosen in Gen.Frequency((1, Gen.Const(false)), (2, Gen.Const(true))).Array[3]
        let shocks = Desk.Price.Select((price, m) => Shocks((long)price / 1000, falls[m], rises[m], turned[m])).ToImmutableArray()
        select batch.WithScenarios(shocks, [.. new[] { Desk.Fund, Desk.Alice, Desk.Bob }.Where((account, i) => chosen[i] && batch.State.Accounts.ContainsKey(account))]);

    private static ImmutableArray<long> Shocks(long thousandth, int fall, int rise, bool turned) => turned ? [thousandth * rise, -thousandth * fall] : [-thousandth * fall, thousandth * rise];
}
