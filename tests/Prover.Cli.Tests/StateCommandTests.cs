using Prover.Margin;

namespace Prover.Cli.Tests;

public sealed class StateCommandTests : IDisposable
{
    private readonly StateHistory _history = new(count: 5, seed: 7);

    [Fact]
    public void A_state_is_made_applied_to_shown_and_verified()
    {
        var file = _history.Init("state.db");
        var applied = Outcome.Of(["state", "apply", file, .. _history.Files[..3]]).Expect(ExitCode.Success);
        Assert.Equal(Enumerable.Range(1, 3).Select(i => $"batch {i} root {_history.Roots[i]}"), applied.Output.TrimEnd().Split('\n'));
        var json = Outcome.Of(["state", "apply", file, .. _history.Files[3..], "--json"]).Expect(ExitCode.Success).Json;
        Assert.Equal((2, _history.Roots[5]), (json.GetProperty("applied").GetInt32(), json.GetProperty("root").GetString()));

        var info = Outcome.Of("state", "info", file, "--json").Expect(ExitCode.Success).Json;
        var after = BatchExecutor.Execute(_history.Batches[4]).Ledger;
        Assert.Equal((5, 5, _history.Roots[5]), (info.GetProperty("batch").GetInt32(), info.GetProperty("loggedBatches").GetInt32(), info.GetProperty("root").GetString()));
        Assert.Equal(after.Accounts.Count, info.GetProperty("accounts").GetInt32());
        Assert.Equal(after.Accounts.Values.Sum(account => account.Cash).ToString(), info.GetProperty("cash").GetString());
        Assert.Equal((after.House >> 32).ToString(), info.GetProperty("house").GetString());
        Assert.Equal(new FileInfo(file).Length, info.GetProperty("bytes").GetInt64());
        Assert.All([_history.Roots[5], $"5, of {Numbers.Time(_history.Batches[4].Time)}"], said => Assert.Contains(said, Outcome.Of("state", "info", file).Expect(ExitCode.Success).Output, StringComparison.Ordinal));

        var verified = Outcome.Of("state", "verify", file).Expect(ExitCode.Success);
        Assert.Contains("nothing differs", verified.Output, StringComparison.Ordinal);
        Assert.Contains("replay", verified.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_is_exported_and_imported()
    {
        var file = _history.Init("state.db");
        Outcome.Of(["state", "apply", file, .. _history.Files]).Expect(ExitCode.Success);
        var (snapshot, copy) = (_history.PathOf("third.json.gz"), _history.PathOf("copy.db"));
        var exported = Outcome.Of("state", "export", file, "--at", "3", "-o", snapshot, "--json").Expect(ExitCode.Success);
        Assert.Equal(_history.Roots[3], exported.Json.GetProperty("root").GetString());
        Assert.All(["replay … (3 batches)", "the state after batch 3", $"({new FileInfo(snapshot).Length:N0} bytes)"], said => Assert.Contains(said, exported.Error, StringComparison.Ordinal));
        var imported = Outcome.Of("state", "import", snapshot, copy).Expect(ExitCode.Success);
        Assert.All(["read ", "accounts)", "hash ", $"(root {_history.Roots[3]})", "write "], said => Assert.Contains(said, imported.Error, StringComparison.Ordinal));
        Outcome.Of(["state", "apply", copy, .. _history.Files[3..]]).Expect(ExitCode.Success);
        Assert.Equal(_history.Roots[5], Outcome.Of("state", "verify", copy, "--json").Expect(ExitCode.Success).Json.GetProperty("root").GetString());

        Assert.Contains("after batches 0 to 5, not after batch 6", Outcome.Of("state", "export", file, "--at", "6", "-o", snapshot).Expect(ExitCode.Mismatch).Error, StringComparison.Ordinal);
        Assert.Contains("there is a file already", Outcome.Of("state", "import", snapshot, copy).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        Outcome.Of("state", "export", file, "-o", _history.PathOf("last.json")).Expect(ExitCode.Success);
        var forged = File.ReadAllText(_history.PathOf("last.json")).Replace("\"house\": \"", "\"house\": \"1", StringComparison.Ordinal);
        File.WriteAllText(_history.PathOf("forged.json"), forged);
        Assert.Contains("it says that its root is", Outcome.Of("state", "import", _history.PathOf("forged.json"), _history.PathOf("forged.db")).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_history.PathOf("forged.db")));
    }

    [Fact]
    public void What_does_not_follow_is_refused_and_what_was_before_it_stays()
    {
        var file = _history.Init("state.db");
        var gap = Outcome.Of("state", "apply", file, _history.Files[0], _history.Files[2]).Expect(ExitCode.Mismatch);
        Assert.Contains($"{_history.Files[2]}: batch 3, but {file} is at batch 1, so the next is 2", gap.Error, StringComparison.Ordinal);
        Assert.Contains($"batch 1 root {_history.Roots[1]}", gap.Output, StringComparison.Ordinal);

        var next = _history.Batches[1];
        BatchFile.Write(_history.PathOf("poor.json"), next with { Transactions = [.. next.Transactions.Where(transaction => transaction is not Withdrawal), new Withdrawal(0, 1, 1, default)] });
        var refused = Outcome.Of("state", "apply", file, _history.PathOf("poor.json")).Expect(ExitCode.NegativeVerdict);
        Assert.Contains("poor.json: refused: transaction", refused.Error, StringComparison.Ordinal);
        Assert.Contains("bad signature", refused.Error, StringComparison.Ordinal);
        Assert.Equal(_history.Roots[1], Outcome.Of("state", "info", file, "--json").Json.GetProperty("root").GetString());
        Outcome.Of("state", "apply", file, _history.Files[1]).Expect(ExitCode.Success);
    }

    /// <summary>The damaged snapshot shows that nothing of it is read where its copy could not be written.</summary>
    [Fact]
    public void A_file_that_cannot_be_made_is_refused_before_anything_is_read()
    {
        var (file, damaged) = (_history.Init("state.db"), _history.PathOf("damaged.json"));
        File.WriteAllText(damaged, "{");
        var before = File.ReadAllBytes(file);
        Refuses($"{file}: there is a file already, which is not overwritten", "import", damaged, file);
        Refuses($"{file}: there is a file already, which is not overwritten", "init", file, "--from", damaged);
        Assert.Equal(before, File.ReadAllBytes(file));

        var nowhere = _history.PathOf(Path.Combine("nowhere", "copy.db"));
        Refuses($"{nowhere}: there is no folder '{Path.GetDirectoryName(nowhere)}' to write to.", "import", damaged, nowhere);
        Refuses($"{nowhere}: there is no folder '{Path.GetDirectoryName(nowhere)}' to write to.", "init", nowhere, "--book", "5");
        Refuses("the JSON ends in the middle", "import", damaged, _history.PathOf("copy.db"));
        Outcome.Of("state", "init", _history.PathOf("copy.db"), "--book", "5").Expect(ExitCode.Success);

        void Refuses(string because, params string[] arguments) =>
            Assert.Contains(because, Outcome.Of(["state", .. arguments]).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_format_is_told_the_one_that_is_expected()
    {
        var (file, batch, snapshot) = (_history.Init("state.db"), _history.Files[0], _history.PathOf("first.json"));
        Outcome.Of("state", "export", file, "-o", snapshot).Expect(ExitCode.Success);
        Refuses($"{batch}: $.format: 'margin-batch/3' is not 'margin-state/1'", "state", "import", batch, _history.PathOf("copy.db"));
        Refuses($"{snapshot}: $.format: 'margin-state/1' is not 'margin-batch/3'", "batch", "execute", snapshot);
        Refuses($"{batch}: $.format: 'margin-batch/3' is not 'margin-sequencers/1'", "state", "apply", file, batch, "--sequencers", batch);
        Outcome.Of("state", "import", snapshot, _history.PathOf("copy.db")).Expect(ExitCode.Success);
        Outcome.Of("batch", "execute", batch).Expect(ExitCode.Success);

        static void Refuses(string because, params string[] arguments) =>
            Assert.Contains(because, Outcome.Of(arguments).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_points_to_the_commands_that_read_states_and_snapshots()
    {
        var file = _history.Init("state.db");
        var (snapshot, compressed) = (_history.PathOf("first.json"), _history.PathOf("first.json.gz"));
        foreach (var target in new[] { snapshot, compressed })
        {
            Outcome.Of("state", "export", file, "-o", target).Expect(ExitCode.Success);
        }

        Points($"'prover state info {file}'", file);
        Points($"this is a snapshot of a state: 'prover state import {snapshot} FILE.db'", snapshot);
        Points($"'prover state import {compressed} FILE.db'", compressed);

        static void Points(string where, string path) => Assert.Contains(where, Outcome.Of("inspect", path).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_book_of_accounts_begins_a_state()
    {
        var file = _history.PathOf("book.db");
        Outcome.Of("state", "init", file, "--book", "5").Expect(ExitCode.Success);
        Assert.Equal(5, Outcome.Of("state", "verify", file, "--json").Expect(ExitCode.Success).Json.GetProperty("accounts").GetInt32());
        Assert.Contains("either --from BATCH.json or --book N", Outcome.Of("state", "init", _history.PathOf("none.db")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        Assert.Contains("either --from BATCH.json or --book N", Outcome.Of("state", "init", _history.PathOf("none.db"), "--book", "5", "--from", _history.Files[0]).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_hold_no_state_are_named()
    {
        foreach (var command in new[] { "info", "verify" })
        {
            Assert.Contains("this is no state file", Outcome.Of("state", command, _history.Files[0]).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
            Assert.Contains("absent.db: no such file", Outcome.Of("state", command, "absent.db").Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _history.Dispose();
}
