using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Prover.Margin;
using Prover.Store;

namespace Prover.Cli;

/// <summary><c>state info FILE.db</c>.</summary>
internal static class StateInfoCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = StateCommand.FileArgument();
        var command = new Command(
            "info",
            """
            Say where a state stands: the last batch, its root, how many accounts there are and what they hold in all.

            The root is the one that the last batch left; 'prover state verify' computes it anew. Amounts are in USD, with --json in 10⁻⁶ USD.
            Example: prover state info rollup.db
            """)
        {
            file,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Run(Terminal terminal, string path)
    {
        using var store = StateStore.Open(path);
        var (head, state) = store.Read();
        var cash = state.Accounts.Values.Aggregate(BigInteger.Zero, (sum, account) => sum + account.Cash);
        var positions = state.Accounts.Values.Sum(account => account.Positions.Count);
        var (batches, shapes, bytes) = (store.BatchCount, store.Shapes, new FileInfo(path).Length);
        terminal.WriteReport(
            path,
            new
            {
                batch = head.Number,
                time = head.Time,
                root = head.Root.ToString(),
                accounts = state.Accounts.Count,
                positions,
                cash = cash.ToString(CultureInfo.InvariantCulture),
                house = (state.House >> 32).ToString(CultureInfo.InvariantCulture),
                loggedBatches = batches,
                shapes = shapes.Select(shape => shape.RuleName),
                configuration = StateHash.Configuration(store.Configuration).ToString(),
                bytes,
            },
            [
                ("last batch", head.Time == 0 ? $"{head.Number}" : $"{head.Number}, of {Numbers.Time(head.Time)}"),
                ("root", $"{head.Root}"),
                ("accounts", $"{state.Accounts.Count:N0} with {positions:N0} positions"),
                ("cash in all", Numbers.Money(cash)),
                ("house", Numbers.Money(state.House >> 32)),
                ("batches in the log", $"{batches:N0}"),
                .. shapes.Select((shape, i) => (i == 0 ? "shapes" : "", shape.RuleName)),
                ("configuration hash", $"{StateHash.Configuration(store.Configuration)}"),
                ("size", $"{bytes:N0} bytes"),
            ]);
        return ExitCode.Success;
    }
}
