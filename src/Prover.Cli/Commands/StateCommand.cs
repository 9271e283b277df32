using System.CommandLine;
using Prover.BatchGenerator;
using Prover.Formats;
using Prover.Margin;
using Prover.Store;

namespace Prover.Cli;

/// <summary><c>state</c> and what it does with a file in which accounts and the log of batches are kept.</summary>
internal static class StateCommand
{
    private const string StateFile = "FILE.db";

    public static Command Create(Terminal terminal) => new("state", "Keep the accounts of a rollup and the log of its batches in a file, and replay it.")
    {
        CreateInit(terminal),
        StateApplyCommand.Create(terminal),
        StateInfoCommand.Create(terminal),
        StateVerifyCommand.Create(terminal),
        CreateExport(terminal),
        CreateImport(terminal),
    };

    /// <summary>The file of a state.</summary>
    public static Argument<string> FileArgument() => Arguments.Path(StateFile, "The file of the state.");

    private static Command CreateInit(Terminal terminal)
    {
        var file = Arguments.Path(StateFile, "The file to make.");
        var from = new Option<string?>("--from") { Description = "A batch file: the state begins where the batch does, and this batch is the first to apply." };
        var book = new Option<int?>("--book") { Description = "Instead: so many accounts with owners and money, of keys that derive from the seed." };
        book.RequireRange(1, 1 << 20);
        var seed = new Option<string>("--seed") { Description = "Any text; for tests and benchmarks only.", DefaultValueFactory = _ => "first light" };
        var command = new Command(
            "init",
            """
            Make the file of a state.

            It holds the accounts, what the deployment fixes and a first snapshot. A file that is there already is not overwritten.
            Example: prover state init rollup.db --from bench/batches/first.json
            """)
        {
            file, from, book, seed,
        };
        command.SetAction(parsed =>
        {
            Arguments.RequireNew(parsed.GetRequiredValue(file));
            var start = (parsed.GetValue(from), parsed.GetValue(book)) switch
            {
                ({ } path, null) => StateSnapshot.Before(BatchFile.Read(path)),
                (null, { } count) => Book(new Exchange(parsed.GetRequiredValue(seed)), count),
                _ => throw new UsageException("a state begins with either --from BATCH.json or --book N."),
            };
            return Report(terminal, parsed.GetRequiredValue(file), Make(parsed.GetRequiredValue(file), start));
        });
        return command;
    }

    private static StateSnapshot Book(Exchange exchange, int count)
    {
        var shape = FirstBatch.Shape;
        return StateSnapshot.Before(new(shape, 1, 0, exchange.Configuration, FundedBook.Compose(exchange, shape, count), []));
    }

    private static Command CreateExport(Terminal terminal)
    {
        var file = FileArgument();
        var output = Arguments.Output("The file to write; compressed if its name ends with .gz.");
        var at = new Option<long?>("--at") { Description = "The batch after which the state is wanted; the last if not given. The log is replayed up to it." };
        var command = new Command(
            "export",
            """
            Write a whole state as JSON: where it stands, its root, what the deployment fixes, markets, house and accounts.

            'prover state import' makes a file of it again, without the log before it.
            Example: prover state export rollup.db --at 100 -o snapshot-100.json.gz
            """)
        {
            file, at, output,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Export(
            terminal, parsed.GetRequiredValue(file), parsed.GetValue(at), parsed.GetRequiredValue(output), cancellation)));
        return command;
    }

    private static int Export(Terminal terminal, string path, long? at, string target, CancellationToken cancellation)
    {
        Arguments.RequireOutputs([path], target);
        using var store = StateStore.Open(path);
        var head = store.Head.Number;
        var number = at ?? head;
        var snapshot = terminal.WithProgress(progress =>
        {
            var replayed = StateStages.Replay(
                progress, Math.Max(0, number - (head - store.BatchCount)), told => StateReplay.To(store, number, told, cancellation), $"the state after batch {number}");
            StateStages.Run(progress, "write", () => Write(target, replayed), bytes => $"{bytes:N0} bytes");
            return replayed;
        });
        return Report(terminal, target, snapshot);
    }

    private static int Write(string target, StateSnapshot snapshot)
    {
        var bytes = SnapshotFile.ToBytes(snapshot, target);
        OutputFile.Write(target, bytes);
        return bytes.Length;
    }

    private static Command CreateImport(Terminal terminal)
    {
        var snapshot = Arguments.Path("SNAPSHOT", "What 'prover state export' has written.");
        var file = Arguments.Path(StateFile, "The file to make.");
        var command = new Command(
            "import",
            """
            Make the file of a state from a snapshot whose root is what its accounts, markets and house hash to.

            A file that is there already is not overwritten.
            Example: prover state import snapshot-100.json.gz replica.db
            """)
        {
            snapshot, file,
        };
        command.SetAction(parsed =>
        {
            var (path, target) = (parsed.GetRequiredValue(snapshot), parsed.GetRequiredValue(file));
            Arguments.RequireNew(target);
            var start = terminal.WithProgress(progress =>
            {
                var read = StateStages.Run(progress, "read", () => SnapshotFile.Read(path), found => $"{found.State.Accounts.Count:N0} accounts");
                StateStages.Run(progress, "hash", () => read.OpenLedger(path), ledger => $"root {ledger.Root}");
                return StateStages.Run(progress, "write", () => Make(target, read), _ => target);
            });
            return Report(terminal, target, start);
        });
        return command;
    }

    private static StateSnapshot Make(string path, StateSnapshot start)
    {
        StateStore.Create(path, start);
        return start;
    }

    private static int Report(Terminal terminal, string path, StateSnapshot snapshot)
    {
        terminal.WriteReport(
            path,
            new { file = path, batch = snapshot.Number, root = snapshot.Root.ToString(), accounts = snapshot.State.Accounts.Count },
            [("after batch", $"{snapshot.Number}"), ("root", $"{snapshot.Root}"), ("accounts", $"{snapshot.State.Accounts.Count:N0}")]);
        return ExitCode.Success;
    }
}
