using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace Prover.Bench.Plots;

/// <summary>What all figures share: colours, letters, titles and how numbers are written.</summary>
internal static class FigureStyle
{
    private const float TitleSize = 26, LabelSize = 22, TickSize = 19, LegendSize = 19;

    /// <summary>The colours of Okabe and Ito, which colour-blind readers tell apart; the most contrasting first, black last.</summary>
    public static readonly IReadOnlyList<Color> Palette =
    [
        Color.FromHex("#0072B2"), // blue
        Color.FromHex("#D55E00"), // vermilion
        Color.FromHex("#009E73"), // bluish green
        Color.FromHex("#CC79A7"), // reddish purple
        Color.FromHex("#E69F00"), // orange
        Color.FromHex("#56B4E9"), // sky blue
        Color.FromHex("#F0E442"), // yellow
        Color.FromHex("#000000"), // black
    ];

    /// <summary>The first that is installed, or else what the system offers; all have raised digits.</summary>
    private static readonly string? Font =
        new[] { "DejaVu Sans", "Open Sans", "Noto Sans", "Segoe UI", "Helvetica Neue", "Liberation Sans", "Arial" }
            .FirstOrDefault(SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase).Contains);

    /// <summary>An empty figure under a title that ends with the machines and their days, a line for each.</summary>
    public static Plot Begin(string subject, Machines machines) => Begin(subject, machines.Titles);

    /// <summary>An empty figure under a title of a subject and further lines.</summary>
    public static Plot Begin(string subject, IReadOnlyList<string> lines)
    {
        var plot = new Plot();
        if (Font is not null)
            plot.Font.Set(Font);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Title($"{subject}\n{string.Join('\n', lines)}", TitleSize);
        plot.Axes.Title.Label.Bold = true;
        plot.Axes.Title.MinimumSize = 40 + (TitleSize * 1.25f * (1 + lines.Count));
        plot.Axes.Right.MinimumSize = 30;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.Label.FontSize = LabelSize;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = TickSize;
        }

        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(.22);
        plot.Grid.MinorLineColor = Colors.Black.WithAlpha(.07);
        plot.Grid.MinorLineWidth = 1;
        return plot;
    }

    /// <summary>Puts the legend beside or below the data, where it hides nothing.</summary>
    public static void PlaceLegend(Plot plot, Edge edge)
    {
        plot.Legend.FontSize = LegendSize;
        plot.Legend.OutlineColor = Colors.Transparent;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.InterItemPadding = new PixelPadding(10, 5);
        plot.Legend.Orientation = edge == Edge.Bottom ? Orientation.Horizontal : Orientation.Vertical;
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(edge);
    }

    /// <summary>Says in the middle of an empty figure why it is empty.</summary>
    public static void SayEmpty(Plot plot, string reason)
    {
        plot.Axes.SetLimits(0, 1, 0, 1);
        plot.HideAxesAndGrid();
        plot.Axes.Title.IsVisible = true;
        var text = plot.Add.Text(reason, .5, .5);
        text.LabelFontSize = LabelSize;
        text.LabelAlignment = Alignment.MiddleCenter;
    }

    /// <summary>A time to three figures: 0.0123 ms, 12.3 ms, 1.23 s, 1,235 s.</summary>
    public static string Time(double seconds)
    {
        if (seconds <= 0)
            return "0 s";
        var (value, unit) = seconds < .9995 ? (seconds * 1e3, " ms") : (seconds, " s"); // .9995 s would round to 1,000 ms.
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(value)), 0, 6);
        return value.ToString($"N{decimals}", CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>2 to a power, as printed: 2¹⁴.</summary>
    public static string PowerOfTwo(int exponent) =>
        "2" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
}
