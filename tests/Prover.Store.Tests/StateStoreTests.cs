using Prover.BatchGenerator;
using Prover.Margin;

namespace Prover.Store.Tests;

public class StateStoreTests
{
    [Fact]
    public void A_history_is_kept_batch_after_batch()
    {
        using var history = new History(8);
        using (var store = history.Create())
        {
            Assert.Equal(new StoreHead(0, 0, history.Batches[0].OpenLedger().Root), store.Head);
            foreach (var batch in history.Batches)
            {
                var result = store.Apply(batch, "batch");
                Assert.True(result.IsAccepted);
                Assert.Equal(BatchExecutor.Execute(batch).Public, result.Public);
                Assert.Equal(new StoreHead(batch.Number, batch.Time, result.Public.NewRoot), store.Head);
            }
        }

        using var again = StateStore.Open(history.File);
        var last = BatchExecutor.Execute(history.Batches[^1]);
        Assert.Equal(last.Public.NewRoot, again.Load().Root);
        Assert.Null(StateDifference.First(again.Read().State, InitialState.Of(last.Ledger)));
        Assert.Equal(8, again.BatchCount);
        Assert.Equal([history.Batches[0].Shape], again.Shapes);
        foreach (var (batch, logged) in history.Batches.Zip(again.Log(0)))
        {
            var read = BatchBody.Parse(logged.Body, logged.Shape, again.Configuration, batch.State, "log");
            Assert.Equal(BatchFile.ToJson(batch), BatchFile.ToJson(read));
        }
    }

    [Fact]
    public void Each_batch_may_be_applied_by_a_process_of_its_own()
    {
        using var history = new History(5, seed: 3);
        history.Create().Dispose();
        foreach (var batch in history.Batches)
        {
            using var store = StateStore.Open(history.File);
            Assert.True(store.Apply(batch, "batch").IsAccepted);
        }

        Assert.Equal(BatchExecutor.Execute(history.Batches[^1]).Public.NewRoot.ToString(), history.Meddle("SELECT root FROM head"));
    }

    /// <summary>A space that a meddler has added to a record stays while nobody changes the account.</summary>
    [Fact]
    public void Only_accounts_that_changed_are_written()
    {
        using var history = new History(8);
        history.CreateWith(7);
        var last = history.Batches[7];
        var touched = last.Transactions.SelectMany(transaction => transaction.Accounts).Distinct().Order().ToArray();
        history.Meddle("UPDATE accounts SET account = ' ' || account");
        using (var store = StateStore.Open(history.File))
        {
            store.Apply(last, "batch");
        }

        var kept = last.State.Accounts.Keys.Except(touched).ToArray();
        Assert.NotEmpty(touched);
        Assert.NotEmpty(kept);
        Assert.Equal((long)kept.Length, history.Meddle("SELECT count(*) FROM accounts WHERE account LIKE ' %'"));
    }

    [Fact]
    public void A_refused_batch_leaves_everything_as_it_was()
    {
        using var history = new History(3);
        using var store = history.Create();
        store.Apply(history.Batches[0], "batch");
        var (before, next) = (store.Head, history.Batches[1]);

        var spoilt = store.Apply(next with { Transactions = [.. next.Transactions.Where(transaction => transaction is not Withdrawal), new Withdrawal(0, 1, 1, default)] }, "batch");

        Assert.Equal("bad signature", spoilt.Verdicts[^1].Rejection?.Rule);
        Assert.Equal((before, 1L), (store.Head, store.BatchCount));
        Assert.True(store.Apply(next, "batch").IsAccepted);
        Assert.True(store.Apply(history.Batches[2], "batch").IsAccepted);
    }

    [Fact]
    public void A_batch_that_does_not_follow_is_refused_with_the_numbers()
    {
        using var history = new History(3);
        using var store = history.Create();
        store.Apply(history.Batches[0], "batch");
        var (next, head) = (history.Batches[1], store.Head);
        var richer = next.State with { House = next.State.House + (1 << 30) };
        richer = richer with { House = richer.House << 3 };

        Refuses("batch.json: batch 3, but", history.Batches[2]);
        Refuses("is at batch 1, so the next is 2", history.Batches[0]);
        Refuses("its tree sizes (depth, slots, markets, orders) are 4, 3, 5, 1, those of", next with { Shape = next.Shape with { Depth = 4 } });
        Refuses("its configuration has the hash", next with { Configuration = next.Configuration with { MaxPriceAge = 61 } });
        Refuses($"left {head.Root}: the house holds", next with { State = richer });
        Refuses($"batch.json: it starts from the root {history.Batches[0].OpenLedger().Root}", next with { State = history.Batches[0].State });

        Assert.Equal(head, store.Head);
        Assert.True(store.Apply(next with { Shape = next.Shape with { Trades = 5 } }, "batch").IsAccepted);
        Assert.Equal(2, store.Shapes.Count);

        void Refuses(string because, Batch batch) =>
            Assert.Contains(because, Assert.Throws<StoreMismatchException>(() => store.Apply(batch, "batch.json")).Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing in such a batch looks at its time, so that only the store can refuse it.</summary>
    [Fact]
    public void Time_does_not_go_back()
    {
        using var history = new History(2);
        using var store = history.Create();
        store.Apply(history.Batches[0], "batch");
        var head = store.Head;
        var idle = history.Batches[1] with { Transactions = [] };

        var refused = Assert.Throws<StoreMismatchException>(() => store.Apply(idle with { Time = head.Time - 1 }, "batch.json"));
        Assert.Contains($"batch.json: its time {head.Time - 1} is before {head.Time}, that of batch 1 of", refused.Message, StringComparison.Ordinal);
        Assert.Equal(head, store.Head);
        Assert.True(store.Apply(idle with { Time = head.Time }, "batch.json").IsAccepted);
    }

    /// <summary>An order slot of zeros is what an unused one holds.</summary>
    [Fact]
    public void A_state_that_is_written_otherwise_and_has_the_same_root_is_the_same()
    {
        using var history = new History(2);
        using var store = history.Create();
        store.Apply(history.Batches[0], "batch");
        var next = history.Batches[1];
        var (index, account) = next.State.Accounts.First(item => !item.Value.Orders.ContainsKey(0));
        var padded = next.State with { Accounts = next.State.Accounts.SetItem(index, account with { Orders = account.Orders.Add(0, new(0, 0)) }) };

        Assert.NotNull(StateDifference.First(padded, next.State));
        Assert.True(store.Apply(next with { State = padded }, "batch").IsAccepted);
    }

    /// <summary>Both have found their batch to follow before either keeps it, if they run beside each other; if they do not, the second sees it earlier.</summary>
    [Fact]
    public async Task Of_two_writers_at_a_time_one_keeps_its_batch()
    {
        using var history = new History(8);
        using StateStore one = history.Create(), other = StateStore.Open(history.File);
        foreach (var batch in history.Batches)
        {
            using var start = new Barrier(2);
            var faults = await Task.WhenAll(Array.ConvertAll(new[] { one, other }, store => Task.Run(() =>
            {
                start.SignalAndWait();
                return Record.Exception(() => store.Apply(batch, "batch"));
            })));
            Assert.IsType<StoreMismatchException>(Assert.Single(faults, fault => fault is not null));
            Assert.Equal((batch.Number, batch.Number), (one.Head.Number, other.Head.Number));
        }

        StateReplay.Verify(one);
    }

    [Fact]
    public void Of_two_writers_the_second_finds_that_its_batch_does_not_follow()
    {
        using var history = new History(3);
        using var first = history.Create();
        using var second = StateStore.Open(history.File);
        first.Apply(history.Batches[0], "batch");

        Assert.Throws<StoreMismatchException>(() => second.Apply(history.Batches[0], "batch"));
        Assert.True(second.Apply(history.Batches[1], "batch").IsAccepted);
        Assert.True(first.Apply(history.Batches[2], "batch").IsAccepted);
    }

    [Fact]
    public void A_state_that_was_meddled_with_is_not_worked_on()
    {
        using var history = new History(6);
        history.CreateWith(5);
        history.Meddle("UPDATE accounts SET account = replace(account, '\"cash\":', '\"cash\":1') WHERE number = (SELECT min(number) FROM accounts)");
        using var store = StateStore.Open(history.File);

        Assert.Contains("have the root", Assert.Throws<StoreFileException>(store.Load).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => store.Apply(history.Batches[5], "batch"));
        Assert.Equal(5, store.Head.Number);
    }

    [Fact]
    public void What_is_written_is_on_the_disk_and_belongs_together()
    {
        using var history = new History(1);
        history.Create().Dispose();
        Assert.Equal("wal", history.Meddle("PRAGMA journal_mode"));
        Assert.False(File.Exists(history.File + "-wal"));
        using var database = StoreDatabase.Open(history.File);
        const long Full = 2;
        Assert.Equal((Full, 1L), (database.Number("PRAGMA synchronous"), database.Number("PRAGMA foreign_keys")));
        Assert.Throws<IOException>(() => database.InTransaction(writes: true, () => database.Run("INSERT INTO batches VALUES (1, 0, 9, '', '', '', '')")));
    }

    [Fact]
    public void A_file_is_made_once()
    {
        using var history = new History(1);
        history.Create().Dispose();
        Assert.Contains("there is a file already", Assert.Throws<IOException>(history.Create).Message, StringComparison.Ordinal);
        Assert.Equal(["state.db"], Directory.GetFiles(Path.GetDirectoryName(history.File)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Files_of_other_kinds_and_versions_are_told_apart()
    {
        using var history = new History(1);
        history.Create().Dispose();
        Assert.Throws<FileNotFoundException>(() => StateStore.Open(history.PathOf("absent.db")));

        File.WriteAllText(history.PathOf("text.db"), BatchFile.ToJson(history.Batches[0]));
        Assert.Contains("this is no state file", Assert.Throws<StoreFileException>(() => StateStore.Open(history.PathOf("text.db"))).Message, StringComparison.Ordinal);

        history.Meddle("PRAGMA user_version = 2");
        Assert.Contains("version 2; this program reads version 1", Assert.Throws<StoreMismatchException>(() => StateStore.Open(history.File)).Message, StringComparison.Ordinal);
        history.Meddle("PRAGMA application_id = 7");
        Assert.Contains("its application id is 7", Assert.Throws<StoreFileException>(() => StateStore.Open(history.File)).Message, StringComparison.Ordinal);
        history.Meddle($"PRAGMA user_version = {StoreSchema.Version}");
        history.Meddle($"PRAGMA application_id = {StoreSchema.ApplicationId}");
        StateStore.Open(history.File).Dispose();

        var bytes = File.ReadAllBytes(history.File);
        File.WriteAllBytes(history.File, bytes[..5000]);
        Assert.Throws<StoreFileException>(() =>
        {
            using var store = StateStore.Open(history.File);
            store.Read();
        });
    }
}
