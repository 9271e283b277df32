using System.Text.Json.Nodes;
using Prover.Formats;

namespace Prover.Bench.Tests;

public sealed class BenchReportFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "report.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        foreach (var report in new[] { SampleReport.Single, SampleReport.Full, SampleReport.With([]) })
        {
            BenchReportFile.Write(Path, report);
            var read = BenchReportFile.Read(Path);

            Assert.Equivalent(report, read, strict: true);
            var first = File.ReadAllBytes(Path);
            BenchReportFile.Write(Path, read);
            Assert.Equal(first, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void Names_are_in_camel_case_and_lines_indented()
    {
        BenchReportFile.Write(Path, SampleReport.Single);
        var text = File.ReadAllText(Path);

        Assert.Contains("\n    \"memoryBytes\": 68719476736,", text, StringComparison.Ordinal);
        Assert.Contains("'it takes'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_called_missing() => Assert.Throws<FileNotFoundException>(() => BenchReportFile.Read(Path));

    [Fact]
    public void A_number_that_is_not_finite_is_not_written()
    {
        BenchReportFile.Write(Path, SampleReport.Single);
        var before = File.ReadAllText(Path);
        var proof = SampleReport.Single.Proofs[0] with { Seconds = [double.NaN] };

        Assert.Throws<ArgumentException>(() => BenchReportFile.Write(Path, SampleReport.With([proof])));
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void Refuses_times_that_nobody_has_measured()
    {
        BenchReportFile.Write(Path, SampleReport.With([SampleReport.Single.Proofs[0] with { Seconds = [1e9] }]));
        BenchReportFile.Read(Path);
        BenchReportFile.Write(Path, SampleReport.With([SampleReport.Single.Proofs[0] with { Seconds = [1e308, 1e308] }]));
        Refuses("seconds[0]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"machine\":")]
    [InlineData("no JSON")]
    public void Refuses_what_is_no_report(string text)
    {
        File.WriteAllText(Path, text);
        Refuses("");
    }

    [Fact]
    public void Refuses_what_is_no_text()
    {
        BenchReportFile.Write(Path, SampleReport.Single);
        var bytes = File.ReadAllBytes(Path);
        bytes[bytes.AsSpan().IndexOf("Sample"u8)] = 0xff;
        File.WriteAllBytes(Path, bytes);

        Refuses("processor");
    }

    [Fact]
    public void Refuses_a_cut_file_and_one_with_more_behind()
    {
        BenchReportFile.Write(Path, SampleReport.Single);
        var text = File.ReadAllText(Path);

        File.WriteAllText(Path, text[..(text.Length / 2)]);
        Refuses("");
        File.WriteAllText(Path, text + "{}");
        Refuses("");
        File.WriteAllText(Path, text + "\n ");
        BenchReportFile.Read(Path);
    }

    /// <summary>Each property in turn is left out, made null, or given a second time or a neighbour that reports do not have.</summary>
    [Fact]
    public void Refuses_a_property_too_few_or_too_many()
    {
        var count = 0;
        foreach (var (place, name) in Properties(Node(), "$"))
        {
            Change(node => At(node, place).Remove(name));
            Refuses(name);
            Change(node => At(node, place)[name] = null);
            Refuses("");
            Change(node => At(node, place)[name + "2"] = 1);
            Refuses(name + "2");
            count++;
        }

        Assert.Equal(6 + 5 + 5 + 12 + 2, count);
        Change(_ => { });
        BenchReportFile.Read(Path);
    }

    [Fact]
    public void Refuses_a_property_given_twice()
    {
        BenchReportFile.Write(Path, SampleReport.Single);
        File.WriteAllText(Path, "{\"version\": \"1\"," + File.ReadAllText(Path)[1..]);
        Refuses("version");
    }

    [Theory]
    [InlineData("$.machine.cores", "0", "1")]
    [InlineData("$.machine.cores", "1.5", "1")]
    [InlineData("$.machine.cores", "\"1\"", "1")]
    [InlineData("$.machine.memoryBytes", "-1", "0")]
    [InlineData("$.date", "\"yesterday\"", "\"2026-01-31\"")]
    [InlineData("$.kernels.0.product", "-0.5", "0")]
    [InlineData("$.kernels.0.g1Addition", "1e999", "1e99")]
    [InlineData("$.kernels.0.g2Addition", "-1", "0.5")]
    [InlineData("$.kernels.0.butterfly", "\"NaN\"", "0.25")]
    [InlineData("$.kernels.0", "null", "{\"path\":\"ifma\",\"product\":1,\"g1Addition\":2,\"g2Addition\":3,\"butterfly\":4}")]
    [InlineData("$.proofs.0.logSize", "-1", "0")]
    [InlineData("$.proofs.0.logSize", "29", "28")]
    [InlineData("$.proofs.0.constraints", "-1", "0")]
    [InlineData("$.proofs.0.constraints", "2147483648", "2147483647")]
    [InlineData("$.proofs.0.wires", "-1", "0")]
    [InlineData("$.proofs.0.terms", "-1", "4294967296")]
    [InlineData("$.proofs.0.seconds", "[]", "[0]")]
    [InlineData("$.proofs.0.seconds", "[1,-1]", "[1,1]")]
    [InlineData("$.proofs.0.seconds", "[1,null]", "[1]")]
    [InlineData("$.proofs.0.seconds", "1", "[1]")]
    [InlineData("$.proofs.0.processSeconds", "[-1]", "[]")]
    [InlineData("$.proofs.0.processSeconds", "[1e999]", "[1]")]
    [InlineData("$.proofs.0.cpuSeconds", "-1", "0")]
    [InlineData("$.proofs.0.stages.0.seconds", "-1", "0")]
    [InlineData("$.proofs.0.stages.0", "null", "{\"name\":\"rows\",\"seconds\":1}")]
    [InlineData("$.proofs.0.stages", "null", "[]")]
    [InlineData("$.proofs.0.peakPrivateBytes", "-1", "0")]
    [InlineData("$.proofs.0.bytesMoved", "-1", "0")]
    [InlineData("$.proofs.0", "null", null)]
    [InlineData("$.proofs", "[null]", "[]")]
    public void Refuses_a_value_and_accepts_its_neighbour(string place, string refused, string? accepted)
    {
        Put(place, refused);
        Refuses(place.Split('.').Last(part => !char.IsAsciiDigit(part[0])));
        if (accepted is not null)
        {
            Put(place, accepted);
            BenchReportFile.Read(Path);
        }
    }

    [Theory]
    [InlineData("{\n \"machine\": {\n \"processor\": 1", "line 3")]
    [InlineData("{\n", "line 2")]
    [InlineData("{}", "there must be 'machine', 'date'")]
    [InlineData("{\"colour\": 1}", "there is no property 'colour'")]
    public void Mistakes_are_told_in_the_words_of_the_format(string text, string says)
    {
        File.WriteAllText(Path, text);
        var message = Assert.Throws<MalformedFileException>(() => BenchReportFile.Read(Path)).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        foreach (var foreign in new[] { "System.", "Prover.", "LineNumber" })
            Assert.DoesNotContain(foreign, message.Replace(Path, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private void Refuses(string rule)
    {
        var error = Assert.Throws<MalformedFileException>(() => BenchReportFile.Read(Path));
        Assert.Equal(Path, error.Path);
        Assert.StartsWith(Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(rule, error.Message, StringComparison.Ordinal);
    }

    private void Put(string place, string value)
    {
        // The value is put in as text, for nodes cannot hold 1e999.
        const string mark = "\"the mark\"";
        var dot = place.LastIndexOf('.');
        Change(node =>
        {
            var parent = Reach(node, place[..dot]);
            if (parent is JsonArray array)
                array[int.Parse(place[(dot + 1)..])] = "the mark";
            else
                parent[place[(dot + 1)..]] = "the mark";
        });
        var text = File.ReadAllText(Path);
        Assert.Contains(mark, text, StringComparison.Ordinal);
        File.WriteAllText(Path, text.Replace(mark, value, StringComparison.Ordinal));
    }

    private void Change(Action<JsonNode> change)
    {
        var node = Node();
        change(node);
        File.WriteAllText(Path, node.ToJsonString());
    }

    private JsonNode Node()
    {
        BenchReportFile.Write(Path, SampleReport.Single);
        return JsonNode.Parse(File.ReadAllText(Path))!;
    }

    private static JsonObject At(JsonNode root, string place) => Reach(root, place).AsObject();

    private static JsonNode Reach(JsonNode root, string place) =>
        place.Split('.').Skip(1).Aggregate(root, (node, part) => node is JsonArray array ? array[int.Parse(part)]! : node[part]!);

    /// <summary>Every property of every kind of object, of lists the first element's.</summary>
    private static IEnumerable<(string Place, string Name)> Properties(JsonNode? node, string place) => node switch
    {
        JsonObject properties => properties.SelectMany(
            property => Properties(property.Value, $"{place}.{property.Key}").Prepend((place, property.Key))),
        JsonArray { Count: > 0 } list => Properties(list[0], $"{place}.0"),
        _ => [],
    };
}
