using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Prover.Bench.Plots;

/// <summary>How many things stand on each step of a ladder, at several times: a group of bars for each step, each bar with its number above it.</summary>
public static class LadderFigure
{
    private const double GroupWidth = .84;

    /// <summary>Draws the figure as PNG and as SVG.</summary>
    /// <param name="words">The title's two lines, and what the axes count.</param>
    /// <param name="steps">The steps' names, from the left.</param>
    /// <param name="times">At each time, how many there are on each step.</param>
    /// <param name="pathWithoutExtension">The folder, which exists, and the files' name.</param>
    /// <returns>The files written.</returns>
    public static IReadOnlyList<string> Write(
        (string Subject, string Subtitle, string Steps, string Counts) words,
        IReadOnlyList<string> steps,
        IReadOnlyList<(string Name, IReadOnlyList<int> Counts)> times,
        string pathWithoutExtension)
    {
        using var plot = FigureStyle.Begin(words.Subject, [words.Subtitle]);
        var most = times.SelectMany(time => time.Counts).DefaultIfEmpty(1).Max();
        var width = GroupWidth / times.Count;
        foreach (var (t, (name, counts)) in times.Index())
        {
            for (var step = 0; step < steps.Count; step++)
            {
                var place = step + ((t - ((times.Count - 1) / 2.0)) * width);
                plot.Add.Bar(new Bar { Position = place, Value = counts[step], Size = width * .94, FillColor = FigureStyle.Palette[t], LineWidth = 0 });
                var label = plot.Add.Text(counts[step].ToString("N0", CultureInfo.InvariantCulture), place, counts[step] + (most * .008));
                label.LabelFontSize = 10.5f;
                label.LabelFontColor = Colors.Black;
                label.LabelAlignment = Alignment.LowerCenter;
            }

            plot.Legend.ManualItems.Add(new LegendItem { LabelText = name, FillStyle = new FillStyle { Color = FigureStyle.Palette[t], IsVisible = true }, OutlineWidth = 0 });
        }

        plot.Axes.SetLimits(-.6, steps.Count - .4, 0, most * 1.08);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. steps.Select((_, i) => (double)i)], [.. steps]);
        plot.Axes.Bottom.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 15;
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = value => value.ToString("N0", CultureInfo.InvariantCulture) };
        plot.XLabel(words.Steps);
        plot.YLabel(words.Counts);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        FigureStyle.PlaceLegend(plot, Edge.Bottom);
        return BenchPlots.Save(plot, pathWithoutExtension);
    }
}
