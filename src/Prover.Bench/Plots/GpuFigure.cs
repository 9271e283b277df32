using ScottPlot;

namespace Prover.Bench.Plots;

/// <summary>
/// Times against sizes, both on logarithmic axes: a colour for each thing that was measured, on the GPU a full line with filled markers, on the CPU a dashed
/// one with open markers, and the design's targets as crosses in the line's colour.
/// </summary>
internal static class GpuFigure
{
    private const float MarkerSize = 12;
    private const float LineWidth = 2.5f;

    /// <summary>Draws what a function gives a line's name.</summary>
    public static Plot Draw(GpuBenchReport report, string subject, string sizes, Func<GpuMeasurement, string?> lineOf)
    {
        var plot = FigureStyle.Begin(subject, Titles(report));
        var lines = report.Measurements.Where(one => lineOf(one) is not null).GroupBy(one => lineOf(one)!).ToArray();
        if (lines.Length == 0)
        {
            FigureStyle.SayEmpty(plot, "Nothing of this was measured.");
            return plot;
        }

        var times = new List<double>();
        var hasTargets = false;
        foreach (var (number, line) in lines.Index())
        {
            var color = FigureStyle.Palette[number % FigureStyle.Palette.Count];
            foreach (var onOne in line.GroupBy(one => one.On))
            {
                GpuMeasurement[] points = [.. onOne.OrderBy(one => one.LogSize)];
                times.AddRange(points.Select(one => one.Median));
                DrawLine(plot, points, color, onOne.Key == "gpu");
            }

            foreach (var target in line.Select(GpuTarget.For).OfType<GpuTarget>().Distinct())
            {
                times.Add(target.Bound);
                hasTargets = true;
                var mark = plot.Add.Marker(target.LogSize, Math.Log10(target.Bound), MarkerShape.Eks, 20, color);
                mark.MarkerStyle.LineWidth = 4;
            }

            Explain(plot, line.Key, MarkerShape.FilledCircle, color, LinePattern.Solid);
        }

        Explain(plot, "on the CPU", MarkerShape.OpenCircle, Colors.Black, LinePattern.Dashed);
        if (hasTargets)
            Explain(plot, "target", MarkerShape.Eks, Colors.Black, LinePattern.Solid, lineWidth: 0);

        FigureStyle.ScaleSizes(plot, lines.SelectMany(line => line).Select(one => (double)one.LogSize));
        FigureStyle.ScaleTimes(plot, times);
        plot.XLabel(sizes);
        plot.YLabel("seconds, median of the rounds");
        FigureStyle.PlaceLegend(plot, Edge.Right);
        return plot;
    }

    private static string[] Titles(GpuBenchReport report) =>
    [
        report.IsEmulated ? "emulated on the CPU: these times say nothing of any GPU" : report.Device.Name,
        $"{report.Machine.Processor}, {report.Machine.Cores} {(report.Machine.Cores == 1 ? "core" : "cores")}, {report.Date[..Math.Min(10, report.Date.Length)]}",
    ];

    private static void DrawLine(Plot plot, GpuMeasurement[] points, Color color, bool isGpu)
    {
        var scatter = plot.Add.Scatter(points.Select(one => (double)one.LogSize).ToArray(), points.Select(one => Math.Log10(one.Median)).ToArray(), color);
        scatter.LineWidth = LineWidth;
        scatter.LinePattern = isGpu ? LinePattern.Solid : LinePattern.Dashed;
        scatter.MarkerStyle = Marker(isGpu ? MarkerShape.FilledCircle : MarkerShape.OpenCircle, color);
        scatter.LegendText = "";
    }

    private static MarkerStyle Marker(MarkerShape shape, Color color) =>
        new(shape, MarkerSize) { FillColor = color, LineColor = color, OutlineColor = color, LineWidth = LineWidth };

    private static void Explain(Plot plot, string meaning, MarkerShape shape, Color color, LinePattern pattern, float lineWidth = LineWidth) =>
        plot.Legend.ManualItems.Add(new LegendItem { LabelText = meaning, MarkerStyle = Marker(shape, color), LineColor = color, LinePattern = pattern, LineWidth = lineWidth });
}
