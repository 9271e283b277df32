using System.CommandLine;
using Prover.BatchGenerator;
using Prover.Margin;

var output = new Argument<string>("FILE") { Description = "Where to write the batch." };
var seed = new Option<string>("--seed") { Description = "All keys derive from it.", DefaultValueFactory = _ => "first light" };
var time = new Option<long>("--time") { Description = "The batch's time, in seconds since 1970.", DefaultValueFactory = _ => 1_764_000_000 };
var root = new RootCommand(
    """
    Writes a signed batch of a small exchange, for tests and benchmarks: an oracle tick over four markets signed by three of four keys,
    four deposits, four trades with two signed orders each, and a withdrawal. The same seed and time give the same file.
    """)
{
    output, seed, time,
};
time.Validators.Add(result =>
{
    if (result.GetValueOrDefault<long>() is < 100 or >= Limits.Time)
    {
        result.AddError($"--time is from 100 to {Limits.Time - 1}.");
    }
});
root.SetAction(parsed => Write(
    parsed.GetRequiredValue(output),
    FirstBatch.Compose(new Exchange(parsed.GetRequiredValue(seed)), FirstBatch.Shape, parsed.GetRequiredValue(time))));

var history = new Option<int>("--history") { Description = "Seed of the history's choices.", DefaultValueFactory = _ => 1 };
var count = new Option<int>("--count") { Description = "How many batches.", DefaultValueFactory = _ => 10 };
var folder = new Argument<string>("FOLDER") { Description = "Where to write 1.json, 2.json, ….", };
var random = new Command("random", "Writes a random history: batches of the first batch's shape, each starting where the one before ended.")
{
    folder, seed, history, count,
};
random.SetAction(parsed =>
{
    var batches = new RandomBatches(new Exchange(parsed.GetRequiredValue(seed)), FirstBatch.Shape, parsed.GetRequiredValue(history));
    Directory.CreateDirectory(parsed.GetRequiredValue(folder));
    for (var i = 1; i <= parsed.GetRequiredValue(count); i++)
    {
        Write(Path.Combine(parsed.GetRequiredValue(folder), $"{i}.json"), batches.Next());
    }
});
root.Subcommands.Add(random);

try
{
    return root.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 3;
}

static void Write(string path, Batch batch)
{
    BatchFile.Write(path, batch);
    Console.Error.WriteLine($"wrote {path}: {batch.Transactions.Length} transactions");
}
