using ScottPlot;

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

    private static void DrawSizes(Plot plot, MeasuredProof[] proofs)
    {
        FigureStyle.ScaleSizes(plot, proofs.Select(proof => Math.Log2(proof.Constraints)));
        plot.XLabel("constraints");
    }

    private static void DrawTimes(Plot plot, MeasuredProof[] proofs)
    {
        FigureStyle.ScaleTimes(plot, proofs.Select(proof => proof.Seconds));
        var snarkjs = proofs.Any(proof => proof.Series.Prover == "snarkjs") ? " (snarkjs: whole process)" : "";
        plot.YLabel($"seconds, median of the rounds{snarkjs}");
    }
}
