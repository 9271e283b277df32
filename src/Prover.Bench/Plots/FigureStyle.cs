using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
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

    /// <summary>An axis of sizes, which are drawn by their logarithms: ticks at powers of two, at every second one where more than 14 would crowd.</summary>
    public static void ScaleSizes(Plot plot, IEnumerable<double> logSizes)
    {
        double[] sizes = [.. logSizes];
        var (least, most) = (sizes.Min() - .4, sizes.Max() + .4);
        var step = most - least > 14 ? 2 : 1;
        var ticks = new NumericManual();
        for (var exponent = (int)Math.Ceiling(least); exponent <= most; exponent++)
        {
            if (exponent % step == 0)
                ticks.AddMajor(exponent, PowerOfTwo(exponent));
        }

        plot.Axes.SetLimitsX(least, most);
        plot.Axes.Bottom.TickGenerator = ticks;
    }

    /// <summary>An axis of times, which are drawn by their decimal logarithms: strong lines at decades, weak ones at their multiples, of which 2 and 5 have numbers where there is room.</summary>
    public static void ScaleTimes(Plot plot, IEnumerable<double> seconds)
    {
        // At least a decade is shown, so that one time alone also stands between numbers.
        double[] times = [.. seconds.Select(Math.Log10)];
        var (least, most) = (times.Min() - .1, times.Max() + .1);
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

    private static string Plain(int decade, int multiple)
    {
        var decimals = Math.Max(0, -decade).ToString(CultureInfo.InvariantCulture);
        return (multiple * Math.Pow(10, decade)).ToString("N" + decimals, CultureInfo.InvariantCulture);
    }
}
