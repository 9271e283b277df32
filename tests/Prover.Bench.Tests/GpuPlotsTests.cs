using System.Xml.Linq;
using Prover.Bench.Plots;

namespace Prover.Bench.Tests;

public sealed class GpuPlotsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Draws_parts_and_proofs_beside_their_targets()
    {
        var (parts, proofs) = Texts(SampleGpuReport.Report);
        foreach (var text in new[] { "Time of sums and transforms", "Sample GPU", "transform", "sum in G1, uniform", "on the CPU", "target", "2¹⁶", "2²²" })
            Assert.Contains(text, parts);
        foreach (var text in new[] { "Time to prove", "dense", "target", "2²⁰" })
            Assert.Contains(text, proofs);
    }

    [Fact]
    public void Says_what_is_emulated_and_what_is_missing()
    {
        var (parts, proofs) = Texts(SampleGpuReport.With([new(GpuParts.Sum, "G1, uniform", 8, "gpu", 256, [1], [])]) with { IsEmulated = true });
        Assert.Contains("emulated on the CPU: these times say nothing of any GPU", parts);
        Assert.DoesNotContain("target", parts);
        Assert.Contains("Nothing of this was measured.", proofs);
    }

    private (List<string> Parts, List<string> Proofs) Texts(GpuBenchReport report)
    {
        var beginning = Path.Combine(_folder.FullName, "gpu");
        var paths = GpuPlots.Write(report, beginning);
        Assert.Equal(GpuPlots.Paths(beginning), paths);
        Assert.All(paths, path => Assert.True(new FileInfo(path).Length > 500));
        return (Read(paths[1]), Read(paths[3]));
    }

    private static List<string> Read(string svg) =>
        [.. XDocument.Load(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];
}
