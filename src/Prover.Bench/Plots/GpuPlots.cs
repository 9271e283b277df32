namespace Prover.Bench.Plots;

/// <summary>Draws what a run on a GPU reported.</summary>
public static class GpuPlots
{
    private static readonly string[] Endings = ["-parts.png", "-parts.svg", "-proofs.png", "-proofs.svg"];

    /// <summary>Draws times of sums and transforms against their sizes, and of proofs against their domains, on the GPU and on the CPU; each as PNG and as SVG.</summary>
    /// <param name="report">The report.</param>
    /// <param name="pathWithoutExtension">The folder, which exists, and the beginning of each file's name.</param>
    /// <returns>The files written, which are those of <see cref="Paths"/>.</returns>
    public static IReadOnlyList<string> Write(GpuBenchReport report, string pathWithoutExtension)
    {
        using var parts = GpuFigure.Draw(report, "Time of sums and transforms", "elements or points", PartLine);
        using var proofs = GpuFigure.Draw(report, "Time to prove", "points of the domain", ProofLine);
        return [.. BenchPlots.Save(parts, pathWithoutExtension + "-parts"), .. BenchPlots.Save(proofs, pathWithoutExtension + "-proofs")];
    }

    /// <summary>The files that <see cref="Write"/> writes.</summary>
    public static string[] Paths(string pathWithoutExtension) => [.. Endings.Select(ending => pathWithoutExtension + ending)];

    private static string? PartLine(GpuMeasurement one) => one.Part switch
    {
        GpuParts.Transform or GpuParts.Quotient => one.Part,
        GpuParts.Sum => $"sum in {one.Subject}",
        _ => null,
    };

    private static string? ProofLine(GpuMeasurement one) => one.Part == GpuParts.Proof ? one.Subject : null;
}
