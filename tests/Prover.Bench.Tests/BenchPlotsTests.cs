using System.Xml.Linq;
using Prover.Bench.Plots;
using SkiaSharp;

namespace Prover.Bench.Tests;

public sealed class BenchPlotsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Draws_one_proof() =>
        LookAt(
            Write(SampleReport.Single),
            ["ifma, dense", "Sample Processor 9000, 16 cores, 2026-01-31", "2¹⁴", "constraints"],
            ["dense 2¹⁴, ifma", "rows", "transforms", "products h"]);

    [Fact]
    public void Draws_many_proofs() =>
        LookAt(
            Write(SampleReport.Full),
            ["ifma, dense", "portable, bits", "snarkjs, margin", "reference, dense", "0.1", "1", "10", "100", "2¹⁴", "2²⁰"],
            ["margin 2²⁰, reference", "bits 2¹⁶, portable", "products b2"]);

    [Fact]
    public void Snarkjs_has_no_bar()
    {
        var texts = Texts(Write(SampleReport.Full)[3]);

        Assert.DoesNotContain(texts, text => text.Contains("snarkjs", StringComparison.Ordinal));
        Assert.Equal(36, texts.Count(text => text.StartsWith("dense 2", StringComparison.Ordinal)) * 3);
    }

    [Fact]
    public void Leaves_small_sizes_out_where_bars_would_crowd()
    {
        const string label = "share of the stages' sum, which stands behind the bar";
        Assert.Contains(label, Texts(Write(SampleReport.Full)[3]));

        var other = SampleReport.Full with { Machine = SampleReport.Machine with { Cores = 2 } };
        var crowded = Texts(Write(SampleReport.Full, other)[3]);
        Assert.Contains(label + "; sizes below 2¹⁸ left out", crowded);
        Assert.DoesNotContain("dense 2¹⁶, ifma (A)", crowded);
        Assert.Contains("dense 2¹⁸, ifma (B)", crowded);
    }

    [Fact]
    public void Tells_machines_apart_and_joins_runs_on_one()
    {
        var other = SampleReport.Single with { Machine = SampleReport.Machine with { Processor = "Other", Cores = 1 } };

        LookAt(
            Write(SampleReport.Single, other),
            ["A: Sample Processor 9000, 16 cores, 2026-01-31", "B: Other, 1 core, 2026-01-31", "machine A", "machine B"],
            ["dense 2¹⁴, ifma (A)", "dense 2¹⁴, ifma (B)"]);
        Assert.Single(Texts(Write(SampleReport.Single, SampleReport.Single)[1]), text => text == "ifma, dense");
    }

    [Fact]
    public void Says_when_there_is_nothing_to_draw()
    {
        var nothing = Write(SampleReport.With([]));
        LookAt(nothing, ["Time to prove", "No proof was measured."], ["No stages were measured."]);

        var stageless = SampleReport.Single.Proofs[0] with { Stages = [] };
        LookAt(Write(SampleReport.With([stageless])), ["ifma, dense"], ["No stages were measured."]);

        var untimed = SampleReport.Single.Proofs[0] with { Seconds = [0] };
        LookAt(Write(SampleReport.With([untimed])), ["No proof was measured."], ["products c"]);
    }

    [Fact]
    public void Draws_names_that_it_does_not_know_and_more_stages_than_colours()
    {
        var strange = SampleReport.Single.Proofs[0] with
        {
            Profile = "<odd & \"odder\">",
            Prover = "new",
            Stages = [.. Enumerable.Range(0, 12).Select(i => new StageTime($"stage{i}", i))],
        };
        LookAt(Write(SampleReport.With([strange])), ["new, <odd & \"odder\">"], ["stage0", "stage11"]);
    }

    [Fact]
    public void Without_a_report_there_is_nothing_to_say() =>
        Assert.Throws<ArgumentException>(() => BenchPlots.Write([], Path.Combine(_folder.FullName, "x")));

    [Theory]
    [InlineData(new double[] { }, 0)]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 4.0, 1 }, 2.5)]
    [InlineData(new[] { 9.0, 1, 2 }, 2)]
    public void Median_is_the_middle(double[] values, double middle) => Assert.Equal(middle, MeasuredProof.Median(values));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(.000_012_34, "0.0123 ms")]
    [InlineData(.012_34, "12.3 ms")]
    [InlineData(.999_4, "999 ms")]
    [InlineData(.999_6, "1.000 s")]
    [InlineData(1.234, "1.23 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(1_234.6, "1,235 s")]
    public void Times_have_three_figures(double seconds, string text) => Assert.Equal(text, FigureStyle.Time(seconds));

    [Theory]
    [InlineData(0, "2⁰")]
    [InlineData(9, "2⁹")]
    [InlineData(28, "2²⁸")]
    [InlineData(-1, "2⁻¹")]
    public void Powers_have_raised_exponents(int exponent, string text) => Assert.Equal(text, FigureStyle.PowerOfTwo(exponent));

    private IReadOnlyList<string> Write(params BenchReport[] reports)
    {
        var beginning = Path.Combine(_folder.FullName, "run.1");
        var paths = BenchPlots.Write(reports, beginning);

        Assert.Equal([beginning + "-proofs.png", beginning + "-proofs.svg", beginning + "-stages.png", beginning + "-stages.svg"], paths);
        return paths;
    }

    private static void LookAt(IReadOnlyList<string> paths, string[] inProofs, string[] inStages)
    {
        foreach (var picture in new[] { paths[0], paths[2] })
            IsDrawnUpon(picture);
        var proofs = Texts(paths[1]);
        Assert.All(inProofs, text => Assert.Contains(text, proofs));
        var stages = Texts(paths[3]);
        Assert.All(inStages, text => Assert.Contains(text, stages));
    }

    private static void IsDrawnUpon(string path)
    {
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], File.ReadAllBytes(path).AsSpan(0, 8).ToArray());
        using var picture = SKBitmap.Decode(path);
        Assert.Equal((1_600, 1_000), (picture.Width, picture.Height));

        var pixels = picture.Pixels;
        Assert.Equal(SKColors.White, pixels[0]);
        Assert.InRange(pixels.Count(pixel => pixel != SKColors.White), 1_000, pixels.Length * 9 / 10);
    }

    private static List<string> Texts(string svg) =>
        [.. XDocument.Load(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
