using Prover.Formats;

namespace Prover.Bench.Tests;

public sealed class GpuBenchReportFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "report.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        GpuBenchReportFile.Write(Path, SampleGpuReport.Report);
        Assert.True(GpuBenchReportFile.IsOne(Path));
        var read = GpuBenchReportFile.Read(Path);
        Assert.Equivalent(SampleGpuReport.Report, read, strict: true);

        var first = File.ReadAllBytes(Path);
        GpuBenchReportFile.Write(Path, read);
        Assert.Equal(first, File.ReadAllBytes(Path));
    }

    [Fact]
    public void Reports_are_told_apart()
    {
        BenchReportFile.Write(Path, SampleReport.Single);
        Assert.False(GpuBenchReportFile.IsOne(Path));
        Assert.Throws<MalformedFileException>(() => GpuBenchReportFile.Read(Path));
        GpuBenchReportFile.Write(Path, SampleGpuReport.Report);
        Assert.Throws<MalformedFileException>(() => BenchReportFile.Read(Path));
        foreach (var text in new[] { "", "[]", "3", "{\"kind\":1}", "{\"kind\":\"cpu\"}", "{" })
        {
            File.WriteAllText(Path, text);
            Assert.False(GpuBenchReportFile.IsOne(Path));
        }
    }

    [Theory]
    [InlineData("$.kind", "\"cpu\"", "\"gpu\"")]
    [InlineData("$.formatVersion", "2", "1")]
    [InlineData("$.isEmulated", "1", "false")]
    [InlineData("$.isEmulated", "true", "false")]
    [InlineData("$.device.kind", "\"CPU\"", "\"OpenCL\"")]
    [InlineData("$.device", "null", null)]
    [InlineData("$.device.memoryBytes", "0", "1")]
    [InlineData("$.device.multiprocessors", "0", "1")]
    [InlineData("$.device.clockMegahertz", "-1", "0")]
    [InlineData("$.machine.cores", "0", "1")]
    [InlineData("$.machine.memoryBytes", "-1", "0")]
    [InlineData("$.date", "\"yesterday\"", "\"2026-01-31\"")]
    [InlineData("$.targets", "[]", null)]
    [InlineData("$.targets.0.bound", "1", "40000000000")]
    [InlineData("$.targets.0.measured", "null", "42000000000")]
    [InlineData("$.targets.4.measured", "1", "null")]
    [InlineData("$.targets.0", "null", null)]
    [InlineData("$.measurements.0.part", "\"product\"", "\"products\"")]
    [InlineData("$.measurements.0.subject", "null", "\"one chain\"")]
    [InlineData("$.measurements.1.on", "\"GPU\"", "\"gpu\"")]
    [InlineData("$.measurements.0.logSize", "29", "28")]
    [InlineData("$.measurements.0.logSize", "-1", "0")]
    [InlineData("$.measurements.2.operations", "0", "1")]
    [InlineData("$.measurements.2.seconds", "[]", "[1]")]
    [InlineData("$.measurements.2.seconds", "[0]", "[0.5]")]
    [InlineData("$.measurements.2.seconds", "[1e10]", "[1e9]")]
    [InlineData("$.measurements.2.seconds", "[1e999]", "[1e8]")]
    [InlineData("$.measurements.2", "null", null)]
    [InlineData("$.measurements.17.stages.0.seconds", "-1", "0")]
    [InlineData("$.measurements.17.stages.0", "null", "{\"name\":\"rows\",\"seconds\":1}")]
    [InlineData("$.measurements.2.logSize", "18", "17")]
    [InlineData("$.gaps.0.part", "\"sums\"", "\"sum\"")]
    [InlineData("$.gaps.0.logSize", "29", "0")]
    [InlineData("$.gaps.0.hasFailed", "\"no\"", "true")]
    [InlineData("$.gaps.0", "null", null)]
    [InlineData("$.notes.0", "null", "\"other\"")]
    [InlineData("$.notes", "null", "[]")]
    public void Refuses_a_value_and_accepts_its_neighbour(string place, string refused, string? accepted)
    {
        Put(place, refused);
        var error = Assert.Throws<MalformedFileException>(() => GpuBenchReportFile.Read(Path));
        Assert.Equal(Path, error.Path);
        if (accepted is null)
            return;

        Put(place, accepted);
        GpuBenchReportFile.Read(Path);
    }

    [Theory]
    [InlineData("$.device.driver")]
    [InlineData("$.measurements.0.operations")]
    [InlineData("$.gaps.0.reason")]
    [InlineData("$.targets.0.isRate")]
    [InlineData("$.notes")]
    public void Refuses_a_property_too_few_or_too_many(string place)
    {
        Put(place, null);
        Assert.Throws<MalformedFileException>(() => GpuBenchReportFile.Read(Path));
        Put(place + "s", "1");
        Assert.Throws<MalformedFileException>(() => GpuBenchReportFile.Read(Path));
    }

    [Fact]
    public void Targets_take_the_best_that_was_measured_on_the_gpu()
    {
        Assert.All(GpuTarget.Of([]), target => Assert.Null(target.IsMet()));
        var targets = SampleGpuReport.Report.Targets;
        Assert.Equal(42e9, targets[0].Measured);
        Assert.True(targets[0].IsMet());
        var proof = targets.Single(target => (target.Part, target.LogSize) == (GpuParts.Proof, 20));
        Assert.Equal((.07, false), (proof.Measured, proof.IsMet()));
        Assert.Null(GpuTarget.Of([new(GpuParts.Proof, "dense", 20, "cpu", 1, [.01], [])])[3].Measured);
    }

    private void Put(string place, string? value)
    {
        GpuBenchReportFile.Write(Path, SampleGpuReport.Report);
        File.WriteAllText(Path, ReportPlaces.Put(File.ReadAllText(Path), place, value));
    }
}
