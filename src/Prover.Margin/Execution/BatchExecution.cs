using System.Numerics;

namespace Prover.Margin;

/// <summary>A batch while its transactions run: what a sequencer does who wants to know of each at once whether it is accepted.</summary>
public sealed class BatchExecution
{
    private readonly BatchShape _shape;
    private readonly Fr _oldRoot;
    private readonly BatchContext _context;
    private readonly int[] _used = new int[Enum.GetValues<Lane>().Length];
    private readonly List<Verdict> _verdicts = [];
    private Lane _lane;

    /// <summary>Begins a batch.</summary>
    /// <param name="batch">The batch; what it asks for does not count.</param>
    /// <param name="ledger">The state that it starts from, which is changed.</param>
    public BatchExecution(Batch batch, Ledger ledger)
    {
        (_shape, _oldRoot) = (batch.Shape, ledger.Root);
        var words = new DataWords(batch.Shape, batch.Number, batch.Time, StateHash.Configuration(batch.Configuration));
        _context = new BatchContext(ledger, batch.Time, batch.Configuration, batch.LeastRank, new CircuitInputs(), words);
        SetState(_context, batch);
    }

    /// <summary>Runs the next transaction. One that is refused leaves the state as it was.</summary>
    /// <exception cref="ArgumentException">One of a later lane has run before.</exception>
    public Verdict Run(Transaction transaction)
    {
        var verdict = Run(transaction, _verdicts.Count, enforce: true, observe: null);
        _verdicts.Add(verdict);
        return verdict;
    }

    /// <summary>Ends the batch.</summary>
    public BatchResult Finish() => Finish(_verdicts);

    internal Verdict Run(Transaction transaction, int index, bool enforce, Action<TransitionTrace>? observe)
    {
        if (transaction.Lane < _lane)
        {
            throw new ArgumentException($"{transaction.Lane} comes before {_lane}.", nameof(transaction));
        }

        _lane = transaction.Lane;
        var ledger = _context.Ledger;
        var before = observe is null ? null : Snapshot.Of(ledger, transaction);
        var barred = CheckLane(_shape, transaction, _used[(int)_lane]) ?? CheckAccounts(ledger, transaction);
        var transition = Transition.Of(_context, transaction);
        var rejection = barred ?? transition.Check();
        var verdict = new Verdict(index, transaction, rejection) { Shortfall = rejection is null ? transition.Shortfall() : null };
        if (rejection is null || !enforce)
        {
            transition.Apply(_used[(int)_lane]++);
        }

        if (before is not null)
        {
            var after = rejection is null ? Snapshot.Of(ledger, transaction) : barred is null ? Try(_context, before, transaction) : null;
            observe!(new(verdict, before, after));
        }

        return verdict;
    }

    internal BatchResult Finish(IReadOnlyList<Verdict> verdicts)
    {
        var (inputs, words) = (_context.Inputs, _context.Words);
        var result = PublicInputs.Derive(words, _oldRoot, _context.Ledger.Root);
        inputs.Set("old_root", result.OldRoot);
        inputs.Set("new_root", result.NewRoot);
        inputs.Set("digest", result.Digest);
        inputs.Set("challenge", result.Challenge);
        inputs.Set("evaluation", result.Evaluation);
        return new(verdicts, result, words, inputs, _context.Ledger);
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
            Lane.Lock => ("lock", shape.Locks),
            Lane.Unlock => ("unlock", shape.Unlocks),
            Lane.Liquidation => ("liquidation", shape.Liquidations),
            Lane.Sweep => ("sweep", shape.Sweeps),
            Lane.TakeOver => ("take-over", shape.TakeOvers),
            Lane.Deleverage => ("deleveraging", shape.Deleverages),
            Lane.ForcedClose => ("forced close", shape.Closes),
            Lane.Trade => ("trade", shape.Trades),
            Lane.Withdrawal => ("withdrawal", shape.Withdrawals),
            _ => ("forced exit", shape.Exits),
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
        var aside = context with { Ledger = ledger, Inputs = new CircuitInputs(), Words = new DataWords(shape, 0, context.Now, default) };
        Transition.Of(aside, transaction).Apply(0);
        return Snapshot.Of(ledger, transaction);
    }
}
