using Prover.Margin;

namespace Prover.Store;

public sealed partial class StateStore
{
    /// <summary>Executes the next batch and keeps it, if all of its transactions are accepted; otherwise the file stays as it was.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="origin">What to call it in messages.</param>
    /// <param name="sequencers">Whose quorum must have signed it; null if nobody's.</param>
    /// <returns>The verdicts, and the ledger after.</returns>
    /// <exception cref="StoreMismatchException">The batch is not the next one of this state, or another process has applied one meanwhile.</exception>
    /// <exception cref="QuorumException">The sequencers' quorum did not sign it.</exception>
    /// <exception cref="StoreFileException">The file contradicts itself.</exception>
    public BatchResult Apply(Batch batch, string origin, Sequencers? sequencers = null)
    {
        var (head, state, ledger) = Current();
        RequireNext(batch, head, state, origin);
        sequencers?.Require(batch, head.Root, origin);

        // From here on the ledger is not that of the file until the batch is in it. What its accounts hash to was compared when it was loaded.
        _loaded = null;
        var result = BatchExecutor.Execute(batch, ledger);
        if (!result.IsAccepted)
        {
            return result;
        }

        var after = InitialState.Of(ledger);
        _database.InTransaction(writes: true, () =>
        {
            Write(batch, result, head, state, after);
            return true;
        });
        _loaded = (new(batch.Number, batch.Time, result.Public.NewRoot), after, ledger);
        return result;
    }

    private (StoreHead Head, InitialState State, Ledger Ledger) Current()
    {
        if (_loaded is { } loaded && Head == loaded.Head)
        {
            return loaded;
        }

        var (head, state) = Read();
        return (_loaded = (head, state, Open(head, state))).Value;
    }

    private void RequireNext(Batch batch, StoreHead head, InitialState state, string origin)
    {
        if (batch.Number != head.Number + 1)
        {
            throw new StoreMismatchException($"{origin}: batch {batch.Number}, but {Path} is at batch {head.Number}, so the next is {head.Number + 1}");
        }

        // The contract takes none either, so a state that did would no longer be that of the contract.
        if (batch.Time < head.Time)
        {
            throw new StoreMismatchException($"{origin}: its time {batch.Time} is before {head.Time}, that of batch {head.Number} of {Path}");
        }

        var (given, kept) = (batch.Shape, Shape);
        if ((given.Depth, given.Slots, given.Markets, given.Orders) != (kept.Depth, kept.Slots, kept.Markets, kept.Orders))
        {
            throw new StoreMismatchException($"{origin}: its tree sizes (depth, slots, markets, orders) are {Sizes(given)}, those of {Path} are {Sizes(kept)}");
        }

        if (MarginJson.ToText(batch.Configuration) != MarginJson.ToText(Configuration))
        {
            throw new StoreMismatchException(
                $"{origin}: its configuration has the hash {StateHash.Configuration(batch.Configuration)}, that of {Path} has {StateHash.Configuration(Configuration)}");
        }

        // States that differ in what no root commits to, such as order slots full of zeros, still have one root.
        if (StateDifference.First(batch.State, state) is { } difference && batch.OpenLedger().Root is var root && root != head.Root)
        {
            throw new StoreMismatchException($"{origin}: it starts from the root {root}, but batch {head.Number} of {Path} left {head.Root}: {difference}");
        }
    }

    private static string Sizes(BatchShape shape) => $"{shape.Depth}, {shape.Slots}, {shape.Markets}, {shape.Orders}";

    private void Write(Batch batch, BatchResult result, StoreHead head, InitialState before, InitialState after)
    {
        var moved = _database.Run(
            "UPDATE head SET number = @number, time = @time, root = @root, markets = @markets, house = @house WHERE number = @oldNumber AND root = @oldRoot",
            ("@number", batch.Number),
            ("@time", batch.Time),
            ("@root", result.Public.NewRoot.ToString()),
            ("@markets", MarginJson.ToText(after.Markets)),
            ("@house", Text(after.House)),
            ("@oldNumber", head.Number),
            ("@oldRoot", head.Root.ToString()));
        if (moved != 1)
        {
            throw new StoreMismatchException($"{Path}: another process has applied a batch {batch.Number} meanwhile");
        }

        foreach (var (index, account) in after.Accounts)
        {
            if (!ReferenceEquals(account, before.Accounts.GetValueOrDefault(index)))
            {
                WriteAccount(_database, index, account);
            }
        }

        var shape = MarginJson.ToText(batch.Shape);
        _database.Run("INSERT INTO shapes (shape) VALUES (@shape) ON CONFLICT DO NOTHING", ("@shape", shape));
        _database.Run(
            "INSERT INTO batches SELECT @number, @time, id, @body, @oldRoot, @newRoot, @digest FROM shapes WHERE shape = @shape",
            ("@number", batch.Number),
            ("@time", batch.Time),
            ("@body", BatchBody.ToText(batch)),
            ("@oldRoot", result.Public.OldRoot.ToString()),
            ("@newRoot", result.Public.NewRoot.ToString()),
            ("@digest", result.Public.Digest.ToString()),
            ("@shape", shape));
    }
}
