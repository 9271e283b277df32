using System.Globalization;
using System.Xml.Linq;

namespace Prover.Cli.Tests;

public sealed class ProfileCommandTests : IDisposable
{
    private const string Rules = """
        fn square(x: int) = x * x

        rule r<N>(private xs: [int[0 .. 3]; N], public z: int[0 .. 1000]) {
          require sum(i in 0..N: square(xs[i])) < z, "less & more"
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-profile-").FullName;

    public ProfileCommandTests() => File.WriteAllText(Source, Rules);

    private string Source => Path.Combine(_folder, "r.circuit");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_hottest_lines_are_listed_with_their_text()
    {
        var output = Outcome.Of("profile", Source, "--rule", "r<4>").Expect(ExitCode.Success).Output.Split('\n');

        Assert.Equal("r<4>: 37 rows", output[0].TrimEnd());
        Assert.Contains("│   23 │ 62.2 % │", output[4], StringComparison.Ordinal);
        Assert.Contains("r.circuit:3 ", output[4], StringComparison.Ordinal);
        Assert.Contains("fn square(x: int) = x * x", output[6], StringComparison.Ordinal);
        Assert.Contains("1 more line with 4 rows, 10.8 %", Outcome.Of("profile", Source, "--rule", "r<4>", "--top", "2").Expect(ExitCode.Success).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Folded_stacks_and_picture_say_the_same()
    {
        var name = Path.Combine(_folder, "out");
        var report = Outcome.Of("profile", Source, "--rule", "r<4>", "-o", name, "--json").Expect(ExitCode.Success).Json;

        var folded = File.ReadAllLines(name + ".folded");
        Assert.Equal(report.GetProperty("rows").GetInt32(), folded.Sum(line => int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)));
        Assert.Contains($"r<4>;square at {Source}:4;{Source}:1 4", folded);
        Assert.Equal(folded, report.GetProperty("stacks").EnumerateArray().Select(stack =>
            $"r<4>;{string.Join(';', stack.GetProperty("frames").EnumerateArray().Select(frame => frame.GetString()))} {stack.GetProperty("rows")}"));

        var svg = XDocument.Load(name + ".svg").Root!;
        XNamespace space = "http://www.w3.org/2000/svg";
        Assert.Equal(space + "svg", svg.Name);
        var titles = svg.Descendants(space + "title").Select(title => title.Value).ToList();
        Assert.Contains($"square at {Source}:4\nrequire sum(i in 0..N: square(xs[i])) < z, \"less & more\"\n4 rows, 10.8 %", titles);
        Assert.Contains("r<4>\n37 rows, 100.0 %", titles);
        Assert.All(svg.Descendants(space + "g").Elements(space + "rect"), frame => Assert.InRange(Right(frame), 0, 1200));
    }

    [Fact]
    public void The_picture_is_the_same_every_time()
    {
        var texts = new[] { "a", "b" }.Select(name =>
        {
            Outcome.Of("profile", Source, "--rule", "r<7>", "-o", Path.Combine(_folder, name)).Expect(ExitCode.Success);
            return File.ReadAllText(Path.Combine(_folder, name + ".svg"));
        }).ToList();

        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public void What_does_not_compile_is_refused_and_nothing_written()
    {
        var name = Path.Combine(_folder, "none");

        Assert.Contains("R0310", Outcome.Of("profile", Source, "-o", name).Expect(ExitCode.NegativeVerdict).Error, StringComparison.Ordinal);
        Outcome.Of("profile", Source, "--rule", "r<1>", "--top", "0").Expect(ExitCode.Usage);
        Outcome.Of("profile", Source, "--rule", "r<1>", "-o", Path.Combine(_folder, "absent", "x")).Expect(ExitCode.BadFile);
        Assert.False(File.Exists(name + ".svg"));
    }

    private static double Right(XElement frame) =>
        double.Parse(frame.Attribute("x")!.Value, CultureInfo.InvariantCulture) + double.Parse(frame.Attribute("width")!.Value, CultureInfo.InvariantCulture);
}
