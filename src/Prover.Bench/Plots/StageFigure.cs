using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Prover.Bench.Plots;

/// <summary>
/// How stages share the time of proofs: a bar for each proof, all of one length so that small sizes can be read beside large ones,
/// with each stage's time written into its part and their sum behind the bar. Where bars would be too many to read, the smallest
/// sizes are left out, and the figure says so.
/// </summary>
internal static class StageFigure
{
    private const double BarHeight = .8, GroupGap = .4; // In rows.
    private const int MostBars = 36; // More leave less than 11 pixels to letters.
    private const double RowsHeight = 730; // Pixels that remain for bars below the title and above the legend, about.
    private const double BarWidth = 1_050; // Pixels of a bar, about.

    public static Plot Draw(Machines machines, IReadOnlyList<MeasuredProof> proofs)
    {
        var plot = FigureStyle.Begin("Stages of a proof, each run alone", machines);
        MeasuredProof[] all = [.. proofs.Where(proof => proof.Stages.Sum(stage => stage.Seconds) > 0)];
        var drawn = Largest(all);
        if (drawn.Length == 0)
        {
            FigureStyle.SayEmpty(plot, "No stages were measured.");
            return plot;
        }

        string[] names = [.. drawn.SelectMany(proof => proof.Stages).Select(stage => stage.Name).Distinct()];
        var rows = Rows(drawn);
        var letters = (float)Math.Clamp(RowsHeight / (rows[^1] + 1) * .6, 8, 19);
        for (var i = 0; i < drawn.Length; i++)
            DrawBar(plot, drawn[i], rows[i], names, letters);
        for (var i = 0; i < names.Length; i++)
            plot.Legend.ManualItems.Add(new LegendItem { LabelText = names[i], FillStyle = Filling(i), OutlineWidth = 0 });

        DrawAxes(plot, machines, drawn, rows, letters);
        var leftOut = drawn.Length == all.Length ? "" : $"; sizes below {FigureStyle.PowerOfTwo(drawn.Min(proof => proof.LogSize))} left out";
        plot.XLabel($"share of the stages' sum, which stands behind the bar{leftOut}");
        FigureStyle.PlaceLegend(plot, Edge.Bottom);
        return plot;
    }

    /// <summary>All sizes, or the largest that make few enough bars; the largest size is never left out.</summary>
    private static MeasuredProof[] Largest(MeasuredProof[] proofs)
    {
        while (proofs.Length > MostBars && proofs.Min(proof => proof.LogSize) is var least && proofs.Any(proof => proof.LogSize > least))
            proofs = [.. proofs.Where(proof => proof.LogSize > least)];
        return proofs;
    }

    /// <summary>Where bars stand, from the top: those of one profile and size close together.</summary>
    private static double[] Rows(MeasuredProof[] drawn)
    {
        var rows = new double[drawn.Length];
        for (var i = 1; i < rows.Length; i++)
        {
            var (one, next) = (drawn[i - 1], drawn[i]);
            var isSameGroup = (one.Series.Profile, one.Constraints) == (next.Series.Profile, next.Constraints);
            rows[i] = rows[i - 1] + 1 + (isSameGroup ? 0 : GroupGap);
        }

        return rows;
    }

    private static void DrawBar(Plot plot, MeasuredProof proof, double row, string[] names, float letters)
    {
        var total = proof.Stages.Sum(stage => stage.Seconds);
        var end = 0.0;
        foreach (var stage in proof.Stages)
        {
            var begin = end;
            end += stage.Seconds / total;
            var color = Filling(Array.IndexOf(names, stage.Name)).Color;
            plot.Add.Bar(new Bar
            {
                Orientation = Orientation.Horizontal,
                Position = row,
                ValueBase = begin,
                Value = end,
                Size = BarHeight,
                FillColor = color,
                LineColor = Colors.White,
                LineWidth = 1,
            });
            var label = FigureStyle.Time(stage.Seconds);
            if ((end - begin) * BarWidth > label.Length * letters * .65)
                Write(plot, label, (begin + end) / 2, row, letters, Contrasting(color), Alignment.MiddleCenter);
        }

        Write(plot, FigureStyle.Time(total), 1.008, row, letters, Colors.Black, Alignment.MiddleLeft);
    }

    private static void Write(Plot plot, string label, double x, double y, float letters, Color color, Alignment alignment)
    {
        var text = plot.Add.Text(label, x, y);
        text.LabelFontSize = letters;
        text.LabelFontColor = color;
        text.LabelAlignment = alignment;
        text.OffsetY = letters * .12f; // Digits have nothing below their line; this centres them.
    }

    private static void DrawAxes(Plot plot, Machines machines, MeasuredProof[] drawn, double[] rows, float letters)
    {
        var names = new NumericManual();
        for (var i = 0; i < drawn.Length; i++)
        {
            var series = drawn[i].Series;
            names.AddMajor(rows[i], $"{series.Profile} {FigureStyle.PowerOfTwo(drawn[i].LogSize)}, {series.Prover}{machines.Suffix(series)}");
        }

        var shares = new NumericManual();
        for (var percent = 0; percent <= 100; percent += 20)
            shares.AddMajor(percent / 100.0, percent.ToString(CultureInfo.InvariantCulture) + " %");

        // The first row stands at the top; few bars stand in the middle and are not blown up to the whole height.
        var around = Math.Max(.6, (6 - rows[^1]) / 2);
        plot.Axes.SetLimits(0, 1.09, rows[^1] + around, -around);
        plot.Axes.Left.TickGenerator = names;
        plot.Axes.Left.TickLabelStyle.FontSize = letters;
        plot.Axes.Left.TickLabelStyle.OffsetY = letters * .12f;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Bottom.TickGenerator = shares;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
    }

    /// <summary>A colour of the palette; stages beyond its end get pale ones.</summary>
    private static FillStyle Filling(int stage)
    {
        var color = FigureStyle.Palette[stage % FigureStyle.Palette.Count];
        return new FillStyle { Color = stage < FigureStyle.Palette.Count ? color : color.Lighten(.55), IsVisible = true };
    }

    /// <summary>Black or white, whichever reads better on a colour.</summary>
    private static Color Contrasting(Color color) =>
        (.299 * color.R) + (.587 * color.G) + (.114 * color.B) > 130 ? Colors.Black : Colors.White;
}
