using System.CommandLine;
using Prover.Pipeline;
using Prover.Store;

namespace Prover.Cli;

/// <summary><c>state verify FILE.db</c>.</summary>
internal static class StateVerifyCommand
{
    private const string Stage = "replay";

    public static Command Create(Terminal terminal)
    {
        var file = StateCommand.FileArgument();
        var command = new Command(
            "verify",
            """
            Execute the whole log anew from the first snapshot, compute every root, and compare them and all accounts with what is kept.

            Exit code 1 if anything differs; the first batch, or else account, that does is named.
            Example: prover state verify rollup.db
            """)
        {
            file,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(terminal, parsed.GetRequiredValue(file), cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, string path, CancellationToken cancellation)
    {
        using var store = StateStore.Open(path);
        var batches = store.BatchCount;
        var last = terminal.WithProgress(progress =>
        {
            var done = 0L;
            progress.Report(new(Stage, 0, $"{batches:N0} batches"));
            var verified = StateReplay.Verify(store, number => progress.Report(new(Stage, Math.Min(0.99, ++done / (double)batches), $"batch {number}")), cancellation);
            progress.Report(new(Stage, 1, "all as it is kept"));
            return verified;
        });
        terminal.WriteReport(
            $"{path}: nothing differs",
            new { verified = true, batches, batch = last.Number, root = last.Root.ToString(), accounts = last.State.Accounts.Count },
            [("batches", $"{batches:N0}"), ("last batch", $"{last.Number}"), ("root", $"{last.Root}"), ("accounts", $"{last.State.Accounts.Count:N0}")]);
        return ExitCode.Success;
    }
}
