using System.Numerics;

namespace Prover.Margin;

/// <summary>What executing a batch gave.</summary>
/// <param name="Verdicts">For each transaction in file order.</param>
/// <param name="Public">The public inputs of the batch made of the accepted transactions.</param>
/// <param name="Words">Its data words.</param>
/// <param name="Inputs">The circuit's inputs.</param>
/// <param name="Ledger">The state after.</param>
public sealed record BatchResult(IReadOnlyList<Verdict> Verdicts, PublicInputs Public, DataWords Words, CircuitInputs Inputs, Ledger Ledger)
{
    /// <summary>Whether every transaction was accepted.</summary>
    public bool IsAccepted => Verdicts.All(verdict => verdict.Rejection is null);
}

/// <summary>Runs batches on exact integers: the sequencer's check, the source of the circuit's inputs and the circuit's oracle.</summary>
public static class BatchExecutor
{
    /// <summary>
    /// Runs a batch's transactions in the order of <see cref="Lane"/>, within a lane in file order. A refused
    /// transaction leaves the state as it was and the others go on.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="observe">Is shown each transaction, in the order in which they run.</param>
    public static BatchResult Execute(Batch batch, Action<TransitionTrace>? observe = null) => Execute(batch, enforce: true, observe);

    /// <summary>The same; without enforcement refused transactions are carried out all the same, to see whether the circuit refuses them.</summary>
    internal static BatchResult Execute(Batch batch, bool enforce, Action<TransitionTrace>? observe = null)
    {
        var ledger = batch.OpenLedger();
        var oldRoot = ledger.Root;
        var words = new DataWords(batch.Shape, batch.Number, batch.Time, StateHash.Configuration(batch.Configuration));
        var context = new BatchContext(ledger, batch.Time, batch.Configuration, batch.LeastRank, new CircuitInputs(), words);
        SetState(context, batch);

        var verdicts = new Verdict[batch.Transactions.Length];
        var used = new int[Enum.GetValues<Lane>().Length];
        foreach (var (index, transaction) in batch.Transactions.Index().OrderBy(item => item.Item.Lane))
        {
            var before = observe is null ? null : Snapshot.Of(ledger, transaction);
            var barred = CheckLane(batch.Shape, transaction, used[(int)transaction.Lane]) ?? CheckAccounts(ledger, transaction);
            var rejection = barred ?? Check(context, transaction);
            verdicts[index] = new(index, transaction, rejection);
            if (rejection is null || !enforce)
            {
                Apply(context, transaction, used[(int)transaction.Lane]++);
            }

            if (before is not null)
            {
                var after = rejection is null ? Snapshot.Of(ledger, transaction) : barred is null ? Try(context, before, transaction) : null;
                observe!(new(verdicts[index], before, after));
            }
        }

        var result = PublicInputs.Derive(words, oldRoot, ledger.Root);
        context.Inputs.Set("old_root", result.OldRoot);
        context.Inputs.Set("new_root", result.NewRoot);
        context.Inputs.Set("digest", result.Digest);
        context.Inputs.Set("challenge", result.Challenge);
        context.Inputs.Set("evaluation", result.Evaluation);
        return new(verdicts, result, words, context.Inputs, ledger);
    }

    private static void SetState(BatchContext context, Batch batch)
    {
        context.Inputs.SetInteger("number", batch.Number);
        context.Inputs.SetInteger("now", batch.Time);
        context.Inputs.Set("config", batch.Configuration);
        context.Inputs.Set("state.accounts_root", context.Ledger.AccountsRoot);
        context.Inputs.Set("state.markets", context.Ledger.Markets);
        context.Inputs.SetInteger("state.house", context.Ledger.House);
        context.Inputs.SetInteger("least_rank", batch.LeastRank);
        context.Words.SetLeastRank(batch.LeastRank);
    }

    private static Rejection? CheckLane(BatchShape shape, Transaction transaction, int used)
    {
        var (name, lanes) = transaction.Lane switch
        {
            Lane.Update => ("update", shape.Updates),
            Lane.Tick => ("oracle", 1),
            Lane.Deposit => ("deposit", shape.Deposits),
            Lane.Keys => ("key", shape.Keys),
            Lane.Cancel => ("cancel", shape.Cancels),
            Lane.Transfer => ("transfer", shape.Transfers),
            Lane.Liquidation => ("liquidation", shape.Liquidations),
            Lane.Sweep => ("sweep", shape.Sweeps),
            Lane.TakeOver => ("take-over", shape.TakeOvers),
            Lane.Deleverage => ("deleveraging", shape.Deleverages),
            Lane.Trade => ("trade", shape.Trades),
            _ => ("withdrawal", shape.Withdrawals),
        };
        return used < lanes ? null : new("no lane left", $"this shape has {lanes} {name} lanes") { Measure = new(used + 1, lanes, Unit.Count) };
    }

    private static Rejection? CheckAccounts(Ledger ledger, Transaction transaction)
    {
        foreach (var account in transaction.Accounts)
        {
            if (account >= ledger.Capacity)
            {
                return new("no such account", $"{account}; the tree has accounts 0 to {ledger.Capacity - 1}")
                {
                    Account = account,
                    Measure = new(account, ledger.Capacity - 1, Unit.Count),
                };
            }
        }

        return null;
    }

    /// <summary>What a refused transaction would have left, tried on a ledger of its own; null if its settled cash cannot be computed with.</summary>
    private static Snapshot? Try(BatchContext context, Snapshot before, Transaction transaction)
    {
        if (before.Accounts.Values.Any(account => BigInteger.Abs(Settlement.Of(account, before.Markets).Cash) > Limits.Cash))
        {
            return null;
        }

        // With a slot more than there are no position falls out of a full account.
        var shape = context.Ledger.Shape;
        var ledger = before.OpenLedger(shape with { Slots = shape.Slots + 1 });
        Apply(context with { Ledger = ledger, Inputs = new CircuitInputs(), Words = new DataWords(shape, 0, context.Now, default) }, transaction, lane: 0);
        return Snapshot.Of(ledger, transaction);
    }

    private static Rejection? Check(BatchContext context, Transaction transaction) => transaction switch
    {
        MarketUpdate update => MarketUpdateTransition.Check(context, update),
        OracleTick tick => TickTransition.Check(context, tick),
        Deposit deposit => DepositTransition.Check(context, deposit),
        KeyChange change => KeyChangeTransition.Check(context, change),
        Cancel cancel => CancelTransition.Check(context, cancel),
        Transfer transfer => TransferTransition.Check(context, transfer),
        Liquidation liquidation => LiquidationTransition.Check(context, liquidation),
        Sweep sweep => SweepTransition.Check(context, sweep),
        TakeOver takeOver => TakeOverTransition.Check(context, takeOver),
        Deleverage deleverage => DeleverageTransition.Check(context, deleverage),
        Trade trade => TradeTransition.Check(context, trade),
        Withdrawal withdrawal => WithdrawalTransition.Check(context, withdrawal),
        _ => throw new ArgumentException($"Unknown transaction {transaction.GetType().Name}.", nameof(transaction)),
    };

    private static void Apply(BatchContext context, Transaction transaction, int lane)
    {
        switch (transaction)
        {
            case MarketUpdate update:
                MarketUpdateTransition.Apply(context, update, lane);
                break;
            case OracleTick tick:
                TickTransition.Apply(context, tick);
                break;
            case Deposit deposit:
                DepositTransition.Apply(context, deposit, lane);
                break;
            case KeyChange change:
                KeyChangeTransition.Apply(context, change, lane);
                break;
            case Cancel cancel:
                CancelTransition.Apply(context, cancel, lane);
                break;
            case Transfer transfer:
                TransferTransition.Apply(context, transfer, lane);
                break;
            case Liquidation liquidation:
                LiquidationTransition.Apply(context, liquidation, lane);
                break;
            case Sweep sweep:
                SweepTransition.Apply(context, sweep, lane);
                break;
            case TakeOver takeOver:
                TakeOverTransition.Apply(context, takeOver, lane);
                break;
            case Deleverage deleverage:
                DeleverageTransition.Apply(context, deleverage, lane);
                break;
            case Trade trade:
                TradeTransition.Apply(context, trade, lane);
                break;
            case Withdrawal withdrawal:
                WithdrawalTransition.Apply(context, withdrawal, lane);
                break;
        }
    }
}
