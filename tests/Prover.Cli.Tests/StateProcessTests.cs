using System.Diagnostics;
using Prover.Margin;

namespace Prover.Cli.Tests;

/// <summary>States in processes of their own: killed, and as replicas of each other.</summary>
public sealed class StateProcessTests
{
    private const int SigKill = 137;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Prover.Cli");

    /// <summary>
    /// Each round starts a process on all batches that are left and kills it at a random moment. What it reported is there, what is there is whole,
    /// and the next round goes on from it.
    /// </summary>
    [Fact]
    public async Task A_killed_process_leaves_the_last_whole_batch()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are killed otherwise there.");
        const int Kills = 16;
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var history = new StateHistory(count: 100, seed: 11);
        var file = history.Init("killed.db");
        var (applied, killed, between) = (0, 0, 0);
        for (var round = 0; killed < Kills; round++)
        {
            if (applied >= history.Files.Length - 5)
            {
                (file, applied) = (history.Init($"killed-{round}.db"), 0);
            }

            using var process = Start(["state", "apply", file, .. history.Files[applied..]]);
            var reports = process.StandardOutput;

            // Some are killed while the program starts or opens the file, most at some moment within some batch.
            var reported = applied;
            for (var lines = random.Next(6); lines > 0 && await reports.ReadLineAsync(TestContext.Current.CancellationToken) is { } line; lines--)
            {
                Assert.Equal($"batch {++reported} root {history.Roots[reported]}", line);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * (reported == applied ? 400 : 60)), TestContext.Current.CancellationToken);
            process.Kill();
            reported += (await reports.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n').Count(line => line.StartsWith("batch ", StringComparison.Ordinal));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            killed += process.ExitCode == SigKill ? 1 : 0;

            var before = applied;
            var info = Outcome.Of("state", "info", file, "--json").Expect(ExitCode.Success).Json;
            applied = info.GetProperty("batch").GetInt32();
            Assert.True(applied >= reported && applied <= reported + 1, $"seed {seed}, round {round}: batch {reported} was reported, {applied} is kept");
            Assert.True(info.GetProperty("root").GetString() == history.Roots[applied], $"seed {seed}, round {round}: another root after batch {applied}");
            Assert.Equal(applied, info.GetProperty("loggedBatches").GetInt32());
            between += applied > before ? 1 : 0;
            if (round % 8 == 7)
            {
                Outcome.Of("state", "verify", file).Expect(ExitCode.Success);
            }
        }

        Outcome.Of("state", "verify", file).Expect(ExitCode.Success);
        Outcome.Of(["state", "apply", file, .. history.Files[applied..]]).Expect(ExitCode.Success);
        Assert.Equal(history.Roots[^1], Outcome.Of("state", "verify", file, "--json").Expect(ExitCode.Success).Json.GetProperty("root").GetString());
        Assert.InRange(between, Kills / 4, int.MaxValue);
    }

    [Fact]
    public async Task Replicas_that_are_fed_the_same_log_reach_the_same_root()
    {
        using var history = new StateHistory(count: 8, seed: 5);
        var whole = history.Init("whole.db");
        Outcome.Of(["state", "apply", whole, .. history.Files[..5]]).Expect(ExitCode.Success);
        Outcome.Of("state", "export", whole, "--at", "3", "-o", history.PathOf("third.json.gz")).Expect(ExitCode.Success);
        Outcome.Of("state", "import", history.PathOf("third.json.gz"), history.PathOf("late.db")).Expect(ExitCode.Success);

        // One goes on, one begins anew, one begins with a snapshot, one gets every batch in a process of its own.
        var (anew, single) = (history.Init("anew.db"), history.Init("single.db"));
        using var first = Start(["state", "apply", whole, .. history.Files[5..]]);
        using var second = Start(["state", "apply", anew, .. history.Files]);
        using var third = Start(["state", "apply", history.PathOf("late.db"), .. history.Files[3..]]);
        foreach (var process in new[] { first, second, third })
        {
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Success, process.ExitCode);
        }

        foreach (var batch in history.Files)
        {
            using var process = Start(["state", "apply", single, batch]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Success, process.ExitCode);
        }

        foreach (var file in new[] { whole, anew, history.PathOf("late.db"), single })
        {
            using var process = Start(["state", "verify", file, "--json"]);
            Assert.Contains($"\"{history.Roots[^1]}\"", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(ExitCode.Success, process.ExitCode);
        }
    }

    /// <summary>Nobody signs a deposit, so it is the root that shows that one was altered: of the batch in the log, and of the next one for a replica.</summary>
    [Fact]
    public async Task A_replica_whose_log_was_altered_goes_no_further()
    {
        using var history = new StateHistory(count: 8, seed: 11);
        var altered = Array.FindIndex(history.Batches, 1, batch => batch.Transactions.Any(transaction => transaction is Deposit));
        Assert.InRange(altered, 1, 6);
        var (batch, file) = (history.Batches[altered], history.Init("altered.db"));
        var deposit = batch.Transactions.OfType<Deposit>().First();
        BatchFile.Write(history.Files[altered], batch with { Transactions = batch.Transactions.Replace(deposit, deposit with { Amount = deposit.Amount + 1 }) });

        using var process = Start(["state", "apply", file, .. history.Files]);
        var reports = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Mismatch, process.ExitCode);
        Assert.Equal(altered + 1, reports.TrimEnd().Split('\n').Length);
        Assert.DoesNotContain(history.Roots[altered + 1], reports, StringComparison.Ordinal);
        Assert.Contains(history.Roots[altered], reports, StringComparison.Ordinal);
    }

    private static Process Start(string[] arguments) => Process.Start(
        new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, Environment = { ["DOTNET_NOLOGO"] = "1" } })!;
}
