using Prover.Margin;

namespace Prover.Store.Tests;

public class StateReplayTests
{
    [Fact]
    public void A_replay_gives_every_state_that_there_was()
    {
        using var history = new History(6);
        history.CreateWith(6);
        using var store = StateStore.Open(history.File);

        List<long> seen = [];
        Assert.Equal(store.Head.Root, StateReplay.Verify(store, seen.Add).Root);
        Assert.Equal([1, 2, 3, 4, 5, 6], seen);
        foreach (var batch in history.Batches)
        {
            var snapshot = StateReplay.To(store, batch.Number - 1);
            Assert.Equal(batch.OpenLedger().Root, snapshot.Root);
            Assert.Null(StateDifference.First(batch.State, snapshot.State));
        }

        Assert.Contains("batches 0 to 6, not after batch 7", Assert.Throws<StoreMismatchException>(() => StateReplay.To(store, 7)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_becomes_a_state_that_goes_on()
    {
        using var history = new History(6, seed: 2);
        history.CreateWith(6);
        using var store = StateStore.Open(history.File);
        foreach (var name in new[] { "third.json", "third.json.gz" })
        {
            File.WriteAllBytes(history.PathOf(name), SnapshotFile.ToBytes(StateReplay.To(store, 3), name));
            var read = SnapshotFile.Read(history.PathOf(name));
            read.OpenLedger(name);
            StateStore.Create(history.PathOf(name + ".db"), read);
            using var copy = StateStore.Open(history.PathOf(name + ".db"));
            Assert.Equal((3, history.Batches[2].Time), (copy.Head.Number, copy.Head.Time));
            foreach (var batch in history.Batches.Skip(3))
            {
                Assert.True(copy.Apply(batch, "batch").IsAccepted);
            }

            Assert.Equal(store.Head, copy.Head);
            Assert.Equal(store.Head.Root, StateReplay.Verify(copy).Root);
        }

        var snapshot = StateReplay.To(store, 3);
        var forged = snapshot with { State = snapshot.State with { House = snapshot.State.House + 1 } };
        Assert.Contains("have the root", Assert.Throws<StoreFileException>(() => forged.OpenLedger("forged")).Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever is altered, the first batch or account that differs is named.</summary>
    [Theory]
    [InlineData("UPDATE batches SET body = replace(body, '\"amount\":', '\"amount\":1') WHERE number = 4", "batch 4: ")]
    [InlineData("UPDATE batches SET body = replace(body, '\"kind\":\"deposit\"', '\"kind\":\"gift\"') WHERE number = 3", "batch 3, line 1: $.transactions")]
    [InlineData("UPDATE batches SET new_root = '1' WHERE number = 2", "batch 2: its root after is said to be 1, executing it gives ")]
    [InlineData("UPDATE batches SET digest = '1' WHERE number = 5", "batch 5: its digest is said to be 1, executing it gives ")]
    [InlineData("UPDATE batches SET body = replace(body, '\"time\":17', '\"time\":18') WHERE number = 3", "batch 3: ")]
    [InlineData("UPDATE batches SET body = replace(body, '\"number\":3', '\"number\":4') WHERE number = 3", "batch 3: its number is said to be 3, executing it gives 4")]
    [InlineData("DELETE FROM batches WHERE number = 2", "batch 2 is missing in the log: 3 follows 1")]
    [InlineData("DELETE FROM batches WHERE number = 6", "batch 6 is missing in the log")]
    [InlineData("UPDATE accounts SET account = replace(account, '\"nonce\":', '\"nonce\":1') WHERE number = (SELECT max(number) FROM accounts)", " differs from what replaying")]
    [InlineData("DELETE FROM accounts WHERE number = (SELECT max(number) FROM accounts)", " differs from what replaying")]
    [InlineData("INSERT INTO accounts SELECT number + 1, account FROM accounts ORDER BY number LIMIT 1", " differs from what replaying")]
    [InlineData("UPDATE head SET house = house || '0'", "the house holds")]
    [InlineData("UPDATE head SET markets = replace(markets, '\"price\":', '\"price\":1')", "the markets differ from")]
    [InlineData("UPDATE head SET root = '5'", "is said to have left the root 5")]
    [InlineData("UPDATE head SET time = time + 1", "is said to have left the root")]
    [InlineData("UPDATE snapshots SET root = '5'", "snapshot after batch 0: it says that its root is 5")]
    public void What_was_altered_is_named(string sql, string where)
    {
        using var history = new History(6);
        history.CreateWith(6);
        using (var honest = StateStore.Open(history.File))
        {
            StateReplay.Verify(honest);
        }

        history.Meddle(sql);
        using var store = StateStore.Open(history.File);
        Assert.Contains(where, Assert.Throws<ReplayDifferenceException>(() => StateReplay.Verify(store)).Message, StringComparison.Ordinal);
    }
}
