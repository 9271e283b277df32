using System.Text.Json;

namespace Prover.Cli.Tests;

public sealed class BenchCommandTests(Workplace place) : IClassFixture<Workplace>
{
    [Fact]
    public void A_run_reports_every_path_and_can_be_drawn()
    {
        var report = place.PathOf("bench.json");

        var run = Outcome.Of("bench", "--size", "9", "--rounds", "2", "--snarkjs", "none", "--no-kernels", "-o", report, "--json").Expect(ExitCode.Success);

        var proofs = JsonDocument.Parse(run.Output).RootElement.GetProperty("proofs").EnumerateArray().ToArray();
        Assert.Contains(proofs, proof => proof.GetProperty("prover").GetString() == "portable");
        Assert.Contains(proofs, proof => proof.GetProperty("prover").GetString() == "reference");
        Assert.All(proofs, proof => Assert.Equal((9, 2), (proof.GetProperty("logSize").GetInt32(), proof.GetProperty("seconds").GetArrayLength())));
        Assert.All(proofs, proof => Assert.NotEqual(0, proof.GetProperty("stages").GetArrayLength()));

        Outcome.Of("bench", "plot", report, "-o", place.PathOf("figure")).Expect(ExitCode.Success);
        Assert.True(new FileInfo(place.PathOf("figure-proofs.png")).Length > 10_000);
        Assert.Contains("<svg", File.ReadAllText(place.PathOf("figure-stages.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size", "7", "from 8 to 22")]
    [InlineData("--size", "23", "from 8 to 22")]
    [InlineData("--rounds", "0", "from 1 to 1000")]
    [InlineData("--profile", "sparse", "dense")]
    public void Values_out_of_range_are_refused(string option, string value, string hint)
    {
        var run = Outcome.Of("bench", option, value).Expect(ExitCode.Usage);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_needs_a_domain_that_holds_it()
    {
        var run = Outcome.Of("bench", "--profile", "bits", "margin", "--size", "9", "8").Expect(ExitCode.Usage);
        Assert.Contains("--profile bits takes sizes from 10, got 9", run.Error, StringComparison.Ordinal);
        var some = Outcome.Of("bench", "--profile", "bits", "margin", "--size", "10", "9", "--rounds", "1", "--snarkjs", "none", "--no-kernels", "--json").Expect(ExitCode.Success);
        Assert.Contains("margin is left out below 2^16", some.Error, StringComparison.Ordinal);
        Assert.All(some.Json.GetProperty("proofs").EnumerateArray(), proof => Assert.Equal(("bits", 10), (proof.GetProperty("profile").GetString(), proof.GetProperty("logSize").GetInt32())));
    }

    [Fact]
    public void A_file_that_is_no_report_is_named()
    {
        var file = place.Write("not-a-report.json", """{ "proofs": [] }""");
        var run = Outcome.Of("bench", "plot", file, "-o", place.PathOf("no-figure")).Expect(ExitCode.BadFile);
        Assert.Contains("not-a-report.json", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(place.PathOf("no-figure-proofs.png")));
    }
}
