using System.Numerics;
using Prover.Margin;
using Prover.Primitives;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>Inputs that a rule meets in earnest, by name.</summary>
/// <param name="Accepted">What it accepts: honest signatures and sums, batches and lanes of batches that the executor accepts.</param>
/// <param name="Any">Beside them what it refuses for a reason of its own, such as lanes that the executor would leave out.</param>
internal sealed record RuleStarts(Gen<Dictionary<string, Fr>> Accepted, Gen<Dictionary<string, Fr>> Any)
{
    static RuleStarts() => Check.WhereLimit = 10_000;

    private static readonly EddsaPrivateKey[] Keys = [new("the first key, for tests only"u8), new("the second key, for tests only"u8)];

    private static readonly Gen<EdwardsPoint> Multiples = Gen.ULong[1, ulong.MaxValue].Select(factor => BabyJubjub.Multiply(BabyJubjub.Base8, factor));

    public static RuleStarts Batches { get; } = OfBatches(BoundaryBatches.Any, (batch, result) => Named(batch.Shape, result.Inputs));

    public static RuleStarts Ticks { get; } = OfLanes<OracleTick>(
        ScenarioBatches.Any,
        [("state.markets.", "old."), ("tick.", "tick."), ("now", "now"), ("config.", "config.")],
        (_, after) => OfMarkets(after.Markets));

    public static RuleStarts Deposits { get; } = OfLanes<Deposit>(
        ScenarioBatches.Any,
        [("state.accounts_root", "old_root"), ("deposits[0].", "deposit."), ("config.", "config.")], (before, after) => [("new_root", after.AccountsRoot), ("claimed", Fr.FromInteger((BigInteger)(after.Accounts.Values.Sum(account => account.Cash) - before.Accounts.Values.Sum(account => account.Cash)) << 32))]);

    public static RuleStarts Trades { get; } = OfLanes<Trade>(
        ScenarioBatches.Any,
        [("state.accounts_root", "old_root"), ("trades[0].", "trade."), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        Exchanged);

    public static RuleStarts Withdrawals { get; } = OfLanes<Withdrawal>(
        ScenarioBatches.Any,
        [("state.accounts_root", "old_root"), ("withdrawals[0].", "withdrawal."), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        (before, after) => [("new_root", after.AccountsRoot), ("rest", Fr.FromInteger(after.House - before.House))]);

    public static RuleStarts KeyChanges { get; } = OfLanes<KeyChange>(
        ScenarioBatches.Housekeeping,
        [("state.accounts_root", "old_root"), ("keys[0].", "change."), ("config.", "config.")],
        (_, after) => [("new_root", after.AccountsRoot)]);

    public static RuleStarts Cancels { get; } = OfLanes<Cancel>(
        BoundaryBatches.Housekeeping,
        [("state.accounts_root", "old_root"), ("cancels[0].", "cancel."), ("now", "now"), ("config.", "config.")],
        (_, after) => [("new_root", after.AccountsRoot)]);

    public static RuleStarts Transfers { get; } = OfLanes<Transfer>(
        BoundaryBatches.Housekeeping,
        [("state.accounts_root", "old_root"), ("transfers[0].", "transfer."), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        (before, after) => [("new_root", after.AccountsRoot), ("rest", Fr.FromInteger(after.House - before.House))]);

    public static RuleStarts Liquidations { get; } = OfLanes<Liquidation>(
        BoundaryBatches.Liquidations,
        [("state.accounts_root", "old_root"), ("liquidations[0].", "liquidation."), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        Exchanged);

    public static RuleStarts Updates { get; } = OfLanes<MarketUpdate>(
        LossBatches.TakeOvers,
        [("state.markets.", "old."), ("updates[0].", "update."), ("config.", "config.")],
        (_, after) => OfMarkets(after.Markets));

    public static RuleStarts Sweeps { get; } = OfLanes<Sweep>(
        LossBatches.TakeOvers,
        [("state.accounts_root", "old_root"), ("sweeps[0].", "sweep.")],
        (before, after) => [("new_root", after.AccountsRoot), ("claimed", Fr.FromInteger(before.House - after.House))]);

    public static RuleStarts TakeOvers { get; } = OfLanes<TakeOver>(
        LossBatches.TakeOvers,
        [("state.accounts_root", "old_root"), ("take_overs[0].", "take_over."), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        Exchanged);

    public static RuleStarts Deleveragings { get; } = OfLanes<Deleverage>(
        LossBatches.Deleveragings,
        [("state.accounts_root", "old_root"), ("deleverages[0].", "deleverage."), ("state.house", "house"), ("least_rank", "least_rank"), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        Exchanged);

    public static RuleStarts Locks { get; } = OfLanes<HashLock>(
        LockBatches.Locks,
        [("state.accounts_root", "old_root"), ("locks[0].", "lock."), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        (before, after) => [("new_root", after.AccountsRoot), ("rest", Fr.FromInteger(after.House - before.House))]);

    public static RuleStarts Unlocks { get; } = OfLanes<Unlock>(
        LockBatches.Unlocks,
        [("state.accounts_root", "old_root"), ("unlocks[0].", "unlock."), ("now", "now")],
        (_, after) => [("new_root", after.AccountsRoot)]);

    public static RuleStarts ForcedCloses { get; } = OfLanes<ForcedClose>(
        ForcedBatches.Closes,
        [("state.accounts_root", "old_root"), ("closes[0].", "close."), ("state.markets.", "markets."), ("now", "now"), ("config.", "config.")],
        Exchanged);

    public static RuleStarts ForcedExits { get; } = OfLanes<ForcedExit>(
        ForcedBatches.Exits,
        [("state.accounts_root", "old_root"), ("exits[0].", "exit."), ("state.markets.", "markets."), ("config.", "config.")],
        (before, after) => [("new_root", after.AccountsRoot), ("paid", Fr.FromInteger(Paid(before, after))), ("rest", Fr.FromInteger(after.House - before.House))]);

    public static RuleStarts Escapes { get; } = OfEscapes(BoundaryBatches.Any);

    public static RuleStarts PortfolioEscapes { get; } = OfEscapes(ScenarioBatches.Any);

    public static RuleStarts Signatures { get; } = Honest(
        from key in Gen.Int[0, Keys.Length - 1].Select(i => Keys[i])
        from message in Gen.ULong.Select(Fr.FromUInt64)
        let signature = key.Sign(message)
        select new Dictionary<string, Fr>
        {
            ["key.x"] = key.PublicKey.X,
            ["key.y"] = key.PublicKey.Y,
            ["message"] = message,
            ["signature.r.x"] = signature.R.X,
            ["signature.r.y"] = signature.R.Y,
            ["signature.s"] = Fr.FromInteger(signature.S),
        });

    public static RuleStarts Sums { get; } = OfPoints(BabyJubjub.Add);

    public static RuleStarts DoubledSums { get; } = OfPoints((p, q) => BabyJubjub.Add(BabyJubjub.Add(p, p), q));

    /// <summary>Different multiples of the base point by less than half of its order, so that no sum in Montgomery's form meets a point or its opposite.</summary>
    private static RuleStarts OfPoints(Func<EdwardsPoint, EdwardsPoint, EdwardsPoint> result) => Honest(
        from p in Multiples
        from q in Multiples
        where p != q
        let r = result(p, q)
        select new Dictionary<string, Fr> { ["p.x"] = p.X, ["p.y"] = p.Y, ["q.x"] = q.X, ["q.y"] = q.Y, ["r.x"] = r.X, ["r.y"] = r.Y });

    private static (string Name, Fr Value)[] OfMarkets(Markets markets)
    {
        var inputs = new CircuitInputs();
        inputs.Set("state.markets", markets);
        var shape = TinyBatch.Shape with { Scenarios = markets[1].Shocks.Length };
        return [.. Named(shape, inputs).Where(input => input.Key.StartsWith("state.markets.", StringComparison.Ordinal))
            .Select(input => ("new." + input.Key["state.markets.".Length..], input.Value))];
    }

    private static RuleStarts Honest(Gen<Dictionary<string, Fr>> starts) => new(starts, starts);

    /// <summary>The lane's own rule: inputs of the batch that begin with a name, under another, and what the executor says follows.</summary>
    private static RuleStarts OfLanes<T>(Gen<Batch> batches, (string From, string To)[] names, Func<Ledger, Ledger, (string Name, Fr Value)[]> outputs)
        where T : Transaction => OfBatches(
            batches.Select(batch => batch with { Transactions = [.. batch.Transactions.OfType<T>()] }).Where(batch => batch.Transactions.Length > 0),
            (batch, result) => names
                .SelectMany(name => Named(batch.Shape, result.Inputs)
                    .Where(input => name.From.EndsWith('.') ? input.Key.StartsWith(name.From, StringComparison.Ordinal) : input.Key == name.From)
                    .Select(input => (Name: name.To + input.Key[name.From.Length..], input.Value)))
                .Concat(outputs(batch.OpenLedger(), result.Ledger))
                .ToDictionary(input => input.Name, input => input.Value));

    /// <summary>Alice or Bob, or nobody, leaves a state from which batches start.</summary>
    private static RuleStarts OfEscapes(Gen<Batch> batches)
    {
        var executed =
            from batch in batches
            from account in Gen.Frequency((3, Gen.Const(Desk.Alice)), (3, Gen.Const(Desk.Bob)), (1, Gen.Const(Desk.Carol)))
            from nonce in Gen.Frequency((6, Gen.Const(0u)), (1, Gen.Const(1u)))
            select (Result: EscapeExecutor.Execute(batch.OpenLedger(), batch.Configuration, Desk.Escape(account, nonce)), Circuit: EscapeTests.CircuitOf(batch.State.Markets));
        var accepted = executed.Where(item => item.Result.Rejection is null).Select(Named);
        return new(accepted, Gen.Frequency((1, accepted), (1, executed.Select(Named))));

        static Dictionary<string, Fr> Named((EscapeResult Result, CompiledCircuit Circuit) item) =>
            item.Circuit.Inputs.Zip(item.Result.Inputs.InOrder(item.Circuit)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    // Of what lies near every bound at once few are accepted.
    private static RuleStarts OfBatches(Gen<Batch> batches, Func<Batch, BatchResult, Dictionary<string, Fr>> inputs)
    {
        var executed = batches.Select(batch => (Batch: batch, Result: BatchExecutor.Execute(batch, enforce: false)));
        var accepted = executed.Where(item => item.Result.IsAccepted).Select(item => inputs(item.Batch, item.Result));
        return new(accepted, Gen.Frequency((1, accepted), (1, executed.Select(item => inputs(item.Batch, item.Result)))));
    }

    private static (string Name, Fr Value)[] Exchanged(Ledger before, Ledger after) =>
    [
        ("new_root", after.AccountsRoot),
        ("rest", Fr.FromInteger(after.House - before.House)),
        ("long", Fr.FromInteger(after.Markets.List.Sum(market => market.OpenInterest) - before.Markets.List.Sum(market => market.OpenInterest))),
    ];

    /// <summary>What has left the rollup: nothing was deposited, and funding that is settled only moves from one sum to the other.</summary>
    private static BigInteger Paid(Ledger before, Ledger after) => (Claims(before) - Claims(after)) >> 32;

    private static BigInteger Claims(Ledger ledger) => ledger.House + ledger.Accounts.Values.Aggregate(
        BigInteger.Zero,
        (sum, account) => sum + ((BigInteger)account.Cash << 32) + account.Positions.Values.Aggregate(BigInteger.Zero, (owed, position) => owed + ((BigInteger)position.Size * position.Funding)));

    private static Dictionary<string, Fr> Named(BatchShape shape, CircuitInputs inputs) =>
        TinyBatch.CircuitOf(shape).Inputs.Zip(inputs.InOrder(TinyBatch.CircuitOf(shape))).ToDictionary(pair => pair.First.Name, pair => pair.Second);
}
