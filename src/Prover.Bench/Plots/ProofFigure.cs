using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Prover.Bench.Plots;

/// <summary>
/// Times of proofs against constraints, both on logarithmic axes: a line per prover and profile.
/// Colours are provers, markers profiles; of several machines the first has filled markers, the second open ones, the third small ones.
/// </summary>
internal static class ProofFigure
{
    private static readonly MarkerShape[] Markers =
        [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp, MarkerShape.FilledDiamond];

    public static Plot Draw(Machines machines, IReadOnlyList<MeasuredProof> proofs)
    {
        var plot = FigureStyle.Begin("Time to prove", machines);
        MeasuredProof[] drawn = [.. proofs.Where(proof => proof is { Seconds: > 0, Constraints: > 0 })]; // Logarithms need them positive.
        if (drawn.Length == 0)
        {
            FigureStyle.SayEmpty(plot, "No proof was measured.");
            return plot;
        }

        var named = new HashSet<(string, string)>();
        foreach (var line in drawn.GroupBy(proof => proof.Series).OrderBy(line => line.Key.ProverOrder).ThenBy(line => line.Key.ProfileOrder))
        {
            double[] sizes = [.. line.Select(proof => Math.Log2(proof.Constraints))];
            double[] times = [.. line.Select(proof => Math.Log10(proof.Seconds))];
            var scatter = plot.Add.Scatter(sizes, times);
            scatter.LineWidth = 2.5f;
            scatter.MarkerStyle = Marker(line.Key.ProfileOrder, machines.NumberOf(line.Key), FigureStyle.Palette[line.Key.ProverOrder]);
            scatter.LineColor = scatter.MarkerStyle.LineColor;
            scatter.LegendText = "";
            if (named.Add((line.Key.Prover, line.Key.Profile)))
                Explain(plot, $"{line.Key.Prover}, {line.Key.Profile}", Marker(line.Key.ProfileOrder, 0, scatter.LineColor));
        }

        for (var machine = 0; machines.AreSeveral && machine < machines.Count; machine++)
            Explain(plot, $"machine {Machines.Letter(machine)}", Marker(0, machine, Colors.Black));
        DrawSizes(plot, drawn);
        DrawTimes(plot, drawn);
        FigureStyle.PlaceLegend(plot, Edge.Right);
        return plot;
    }

    private static MarkerStyle Marker(int profile, int machine, Color color) => new(Markers[profile], machine < 2 ? 13 : 7)
    {
        FillColor = machine == 1 ? Colors.White : color,
        LineColor = color,
        OutlineColor = color,
        LineWidth = 2.5f,
        OutlineWidth = machine == 1 ? 2.5f : 0,
    };

    private static void Explain(Plot plot, string meaning, MarkerStyle marker) => plot.Legend.ManualItems.Add(
        new LegendItem { LabelText = meaning, MarkerStyle = marker, LineColor = marker.LineColor, LineWidth = 2.5f });

    /// <summary>Ticks at powers of two, at every second one where more than 14 would crowd.</summary>
    private static void DrawSizes(Plot plot, MeasuredProof[] proofs)
    {
        var least = Math.Log2(proofs.Min(proof => proof.Constraints)) - .4;
        var most = Math.Log2(proofs.Max(proof => proof.Constraints)) + .4;
        var step = most - least > 14 ? 2 : 1;
        var ticks = new NumericManual();
        for (var exponent = (int)Math.Ceiling(least); exponent <= most; exponent++)
        {
            if (exponent % step == 0)
                ticks.AddMajor(exponent, FigureStyle.PowerOfTwo(exponent));
        }

        plot.Axes.SetLimitsX(least, most);
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.XLabel("constraints");
    }

    /// <summary>Strong lines at decades, weak ones at their multiples, of which 2 and 5 have numbers where there is room.</summary>
    private static void DrawTimes(Plot plot, MeasuredProof[] proofs)
    {
        // At least a decade is shown, so that one proof alone also stands between numbers.
        var least = Math.Log10(proofs.Min(proof => proof.Seconds)) - .1;
        var most = Math.Log10(proofs.Max(proof => proof.Seconds)) + .1;
        var margin = Math.Max(0, (1.05 - (most - least)) / 2);
        (least, most) = (least - margin, most + margin);

        var ticks = new NumericManual();
        for (var decade = (int)Math.Floor(least); decade <= most; decade++)
        {
            for (var multiple = 1; multiple < 10; multiple++)
            {
                var position = decade + Math.Log10(multiple);
                if (position < least || position > most)
                    continue;
                if (multiple == 1 || (most - least < 2.5 && multiple is 2 or 5))
                    ticks.AddMajor(position, Plain(decade, multiple));
                else
                    ticks.AddMinor(position);
            }
        }

        plot.Axes.SetLimitsY(least, most);
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.Left.TickLabelStyle.OffsetY = 2; // Digits have nothing below their line; this centres them.
        plot.Axes.Left.Label.OffsetX = 8;
        plot.Axes.Left.MinimumSize = 105;
        var snarkjs = proofs.Any(proof => proof.Series.Prover == "snarkjs") ? " (snarkjs: whole process)" : "";
        plot.YLabel($"seconds, median of the rounds{snarkjs}");
    }

    private static string Plain(int decade, int multiple)
    {
        var decimals = Math.Max(0, -decade).ToString(CultureInfo.InvariantCulture);
        return (multiple * Math.Pow(10, decade)).ToString("N" + decimals, CultureInfo.InvariantCulture);
    }
}
