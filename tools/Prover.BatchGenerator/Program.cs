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
root.SetAction(parsed => BatchFile.Write(
    parsed.GetRequiredValue(output),
    FirstBatch.Compose(new Exchange(parsed.GetRequiredValue(seed)), FirstBatch.Shape, parsed.GetRequiredValue(time))));
return root.Parse(args).Invoke();
