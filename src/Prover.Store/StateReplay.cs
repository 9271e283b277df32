using Prover.Margin;

namespace Prover.Store;

/// <summary>Executes the log of a state anew from its first snapshot.</summary>
public static class StateReplay
{
    /// <summary>The state after a batch.</summary>
    /// <param name="store">Whose log.</param>
    /// <param name="number">The batch, or the one before the first for the beginning.</param>
    /// <param name="progress">Told how many batches have been executed.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="ReplayDifferenceException">The log does not lead there: the first batch that differs is named.</exception>
    /// <exception cref="StoreMismatchException">The log does not reach from the first snapshot to that batch.</exception>
    public static StateSnapshot To(StateStore store, long number, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var (snapshot, head) = (store.FirstSnapshot(), store.Head);
        if (number < snapshot.Number || number > head.Number)
        {
            throw new StoreMismatchException($"{store.Path}: it has the states after batches {snapshot.Number} to {head.Number}, not after batch {number}");
        }

        var ledger = Open(store, snapshot);
        foreach (var logged in store.Log(snapshot.Number).TakeWhile(logged => logged.Number <= number))
        {
            cancellation.ThrowIfCancellationRequested();
            snapshot = Next(store, snapshot, ledger, logged);
            progress?.Invoke(snapshot.Number);
        }

        return snapshot.Number == number
            ? snapshot with { State = InitialState.Of(ledger) }
            : throw new ReplayDifferenceException($"{store.Path}: batch {snapshot.Number + 1} is missing in the log, which should reach to batch {number}");
    }

    /// <summary>Replays the whole log and compares all that is kept with what it gives.</summary>
    /// <returns>The state, in which nothing differs.</returns>
    /// <exception cref="ReplayDifferenceException">Something differs: the first batch, or else account, is named.</exception>
    public static StateSnapshot Verify(StateStore store, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        var (head, kept) = store.Read();
        var last = To(store, head.Number, progress, cancellation);
        if (store.Log(head.Number).FirstOrDefault() is { } beyond)
        {
            throw new ReplayDifferenceException($"{store.Path}: the log has batch {beyond.Number}, but the state is said to be after batch {head.Number}");
        }

        if (StateDifference.First(kept, last.State) is { } difference)
        {
            throw new ReplayDifferenceException($"{store.Path}: {difference} from what replaying the log up to batch {head.Number} gives");
        }

        return (last.Root, last.Time) == (head.Root, head.Time)
            ? last
            : throw new ReplayDifferenceException($"{store.Path}: batch {head.Number} is said to have left the root {head.Root} at {head.Time}; its replay left {last.Root} at {last.Time}");
    }

    private static Ledger Open(StateStore store, StateSnapshot snapshot)
    {
        try
        {
            return snapshot.OpenLedger($"{store.Path}, snapshot after batch {snapshot.Number}");
        }
        catch (StoreFileException error)
        {
            throw new ReplayDifferenceException(error.Message, error);
        }
    }

    /// <summary>Executes a batch on the ledger and says where that led; the accounts are the ledger's.</summary>
    private static StateSnapshot Next(StateStore store, StateSnapshot before, Ledger ledger, LoggedBatch logged)
    {
        var origin = $"{store.Path}, batch {logged.Number}";
        if (logged.Number != before.Number + 1)
        {
            throw new ReplayDifferenceException($"{store.Path}: batch {before.Number + 1} is missing in the log: {logged.Number} follows {before.Number}");
        }

        var batch = Read(store, ledger, logged, origin);
        var result = BatchExecutor.Execute(batch, ledger);
        if (result.Verdicts.FirstOrDefault(verdict => verdict.Rejection is not null) is { } refused)
        {
            throw new ReplayDifferenceException($"{origin}: transaction {refused.Index} is refused: {refused.Rejection}");
        }

        foreach (var (what, said, found) in new (string, string, string)[]
        {
            ("number", $"{logged.Number}", $"{batch.Number}"),
            ("root before", $"{logged.OldRoot}", $"{result.Public.OldRoot}"),
            ("root after", $"{logged.NewRoot}", $"{result.Public.NewRoot}"),
            ("digest", $"{logged.Digest}", $"{result.Public.Digest}"),
        })
        {
            if (said != found)
            {
                throw new ReplayDifferenceException($"{origin}: its {what} is said to be {said}, executing it gives {found}");
            }
        }

        return before with { Number = batch.Number, Time = batch.Time, Root = result.Public.NewRoot };
    }

    private static Batch Read(StateStore store, Ledger ledger, LoggedBatch logged, string origin)
    {
        try
        {
            return BatchBody.Parse(logged.Body, logged.Shape, store.Configuration, InitialState.Of(ledger.Markets), origin);
        }
        catch (BatchFileException error)
        {
            throw new ReplayDifferenceException(error.Message, error);
        }
    }
}
