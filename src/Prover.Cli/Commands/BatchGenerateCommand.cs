using System.CommandLine;
using Prover.BatchGenerator;
using Prover.Formats;
using Prover.Margin;

namespace Prover.Cli;

/// <summary><c>batch generate FILE</c> and <c>batch history FOLDER</c>.</summary>
internal static class BatchGenerateCommand
{
    private const long EarliestTime = 100;
    private const string First = "first";
    private const string Turns = "turns";

    private static readonly Option<string> Seed = new("--seed")
    {
        Description = "Any text; all keys derive from it, so they are for tests and benchmarks only.",
        DefaultValueFactory = _ => "first light",
    };

    public static Command CreateGenerate(Terminal terminal)
    {
        var file = Arguments.Path("FILE.json", "Where to write the batch.");
        var time = new Option<long>("--time") { Description = "The batch's time, in seconds since 1970.", DefaultValueFactory = _ => 1_764_000_000 };
        time.RequireRange(EarliestTime, Limits.Time - 1);
        var command = new Command(
            "generate",
            """
            Write the first batch of a small exchange: prices and rates of four markets signed by three of four oracles, four deposits, four trades, a withdrawal.

            The same seed and time give the same file.
            Example: prover batch generate batch.json --seed mine
            """)
        {
            file, Seed, time,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            Arguments.RequireOutputs([], path);
            return Write(terminal, [(path, FirstBatch.Compose(new Exchange(parsed.GetRequiredValue(Seed)), FirstBatch.Shape, parsed.GetRequiredValue(time)))]);
        });
        return command;
    }

    public static Command CreateHistory(Terminal terminal)
    {
        var folder = Arguments.Path("FOLDER", "Where to write 1.json, 2.json, …; made if it is not there.");
        var choices = new Option<int>("--choices") { Description = "A number; another one gives another history of the same exchange.", DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--count", "-n") { Description = "How many batches.", DefaultValueFactory = _ => 10 };
        count.RequireRange(1, 100_000);
        var shape = new Option<string>("--shape")
        {
            Description = $"The batches' lanes: those of the first batch, of a shape for the contract's registry ({string.Join(", ", BatchShapes.Named.Select(named => named.Name))}), or of the first three of these in turns.",
            DefaultValueFactory = _ => First,
        };
        shape.AcceptOnlyFromAmong([First, .. BatchShapes.Named.Select(named => named.Name), Turns]);
        var command = new Command(
            "history",
            """
            Write a random history of a small exchange: batches that start where the one before ended. Lanes are sometimes unused, orders filled in parts.

            The same seed and choices give the same files.
            Example: prover batch history batches --count 3 --shape housekeeping
            """)
        {
            folder, Seed, choices, count, shape,
        };
        command.SetAction(parsed =>
        {
            var target = parsed.GetRequiredValue(folder);
            Arguments.RequireOutputFolder(target);
            Directory.CreateDirectory(target);
            BatchShape[] shapes = parsed.GetRequiredValue(shape) switch
            {
                First => [FirstBatch.Shape],
                Turns => [.. BatchShapes.Tiers.Select(named => named.Shape)],
                var name => [BatchShapes.Named.Single(named => named.Name == name).Shape],
            };
            var history = new RandomBatches(new Exchange(parsed.GetRequiredValue(Seed)), shapes[0], parsed.GetRequiredValue(choices));
            return Write(terminal, Enumerable.Range(1, parsed.GetRequiredValue(count)).Select(i => (Path.Combine(target, $"{i}.json"), history.Next(shapes[(i - 1) % shapes.Length]))));
        });
        return command;
    }

    private static int Write(Terminal terminal, IEnumerable<(string Path, Batch Batch)> batches)
    {
        var written = new List<(string Path, Batch Batch)>();
        foreach (var (path, batch) in batches)
        {
            OutputFile.Write(path, BatchFile.ToJson(batch));
            written.Add((path, batch));
        }

        terminal.WriteReport(
            "batches",
            new { files = written.Select(file => new { file.Path, transactions = file.Batch.Transactions.Length }) },
            written.Select(file => (file.Path, $"{file.Batch.Transactions.Length} transactions")));
        return ExitCode.Success;
    }
}
