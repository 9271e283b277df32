using Prover.Formats;
using ScottPlot;

namespace Prover.Bench.Plots;

/// <summary>Draws what benchmark runs reported.</summary>
public static class BenchPlots
{
    /// <summary>A picture's width in pixels.</summary>
    public const int Width = 1600;

    /// <summary>A picture's height in pixels.</summary>
    public const int Height = 1000;

    /// <summary>Draws times of proofs against sizes, and how stages share a proof's time; each as PNG and as SVG.</summary>
    /// <param name="reports">At least one; runs on one machine are drawn as one, with their rounds together.</param>
    /// <param name="pathWithoutExtension">The folder, which exists, and the beginning of each file's name.</param>
    /// <returns>The files written: PATH-proofs.png, PATH-proofs.svg, PATH-stages.png, PATH-stages.svg.</returns>
    /// <exception cref="ArgumentException">There is no report.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<BenchReport> reports, string pathWithoutExtension)
    {
        if (reports.Count == 0)
            throw new ArgumentException("At least one report is needed to draw.", nameof(reports));

        var machines = new Machines(reports);
        var measured = MeasuredProof.Of(reports);
        using var proofs = ProofFigure.Draw(machines, measured);
        using var stages = StageFigure.Draw(machines, measured);
        return [.. Save(proofs, pathWithoutExtension + "-proofs"), .. Save(stages, pathWithoutExtension + "-stages")];
    }

    /// <summary>Saves a figure as PNG and as SVG.</summary>
    internal static string[] Save(Plot plot, string pathWithoutExtension)
    {
        string[] paths = [pathWithoutExtension + ".png", pathWithoutExtension + ".svg"];
        OutputFile.Write(paths[0], plot.GetImageBytes(Width, Height, ImageFormat.Png));
        OutputFile.Write(paths[1], plot.GetSvgXml(Width, Height));
        return paths;
    }
}
