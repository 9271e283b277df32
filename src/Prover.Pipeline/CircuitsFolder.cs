namespace Prover.Pipeline;

/// <summary>Where the rules' sources lie.</summary>
public static class CircuitsFolder
{
    /// <summary>The environment variable that overrides the search.</summary>
    public const string Variable = "PROVER_CIRCUITS";

    private static readonly string BatchCircuit = Path.Combine("rollup", "batch.circuit");

    /// <summary>$PROVER_CIRCUITS if set, otherwise the first "circuits" folder in or above the current folder or the program's.</summary>
    /// <exception cref="FileNotFoundException">There is none that holds the batch circuit.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } chosen)
        {
            return File.Exists(Path.Combine(chosen, BatchCircuit))
                ? chosen
                : throw new FileNotFoundException($"${Variable} is '{chosen}', which holds no {BatchCircuit}.");
        }

        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var circuits = Path.Combine(folder.FullName, "circuits");
                if (File.Exists(Path.Combine(circuits, BatchCircuit)))
                {
                    return circuits;
                }
            }
        }

        throw new FileNotFoundException(
            $"No folder 'circuits' with {BatchCircuit} in or above '{Directory.GetCurrentDirectory()}'. Run from a checkout, or set ${Variable}.");
    }
}
