using System.CommandLine;
using Prover.Store;

namespace Prover.Cli;

/// <summary><c>state verify FILE.db</c>.</summary>
internal static class StateVerifyCommand
{
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
            StateStages.Replay(progress, batches, told => StateReplay.Verify(store, told, cancellation), "all as it is kept"));
        terminal.WriteReport(
            $"{path}: nothing differs",
            new { verified = true, batches, batch = last.Number, root = last.Root.ToString(), accounts = last.State.Accounts.Count },
            [("batches", $"{batches:N0}"), ("last batch", $"{last.Number}"), ("root", $"{last.Root}"), ("accounts", $"{last.State.Accounts.Count:N0}")]);
        return ExitCode.Success;
    }
}
