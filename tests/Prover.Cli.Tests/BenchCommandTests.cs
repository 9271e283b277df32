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
    [InlineData("--rounds", "0", "from 1 to 1,000")]
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
        Assert.Contains("margin is left out below 2^17", some.Error, StringComparison.Ordinal);
        Assert.All(some.Json.GetProperty("proofs").EnumerateArray(), proof => Assert.Equal(("bits", 10), (proof.GetProperty("profile").GetString(), proof.GetProperty("logSize").GetInt32())));
    }

    [Theory]
    [InlineData("no-such-snarkjs", "'no-such-snarkjs' cannot be started")]
    [InlineData("/bin/true", "'/bin/true' is not snarkjs")]
    [InlineData("/bin/false", "'/bin/false' is not snarkjs")]
    [InlineData("/bin/echo with arguments", "'/bin/echo with arguments --version' prints no")]
    [InlineData(" ", "is empty")]
    public void A_program_that_is_not_snarkjs_is_refused_before_anything_is_measured(string command, string says)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs are Unix's.");
        var run = Outcome.Of("bench", "--size", "8", "--rounds", "1", "--snarkjs", command, "--no-kernels").Expect(ExitCode.Usage);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("round", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scan_is_measured_against_the_exact_check()
    {
        var run = Outcome.Of("bench", "scan", "--accounts", "3000", "--positions", "4", "--markets", "6", "--sample", "50", "--rounds", "2", "--json").Expect(ExitCode.Success).Json;
        Assert.Equal((3_000, 50, 2), (run.GetProperty("accounts").GetInt32(), run.GetProperty("sample").GetInt32(), run.GetProperty("seconds").GetArrayLength()));
        Assert.InRange(run.GetProperty("below").GetInt32(), 1, run.GetProperty("checkedExactly").GetInt32());
        Assert.Equal("prover bench scan --accounts 3000 --positions 4 --markets 6 --sample 50 --rounds 2", run.GetProperty("command").GetString());
    }

    [Fact]
    public void A_crash_is_drilled_until_every_account_has_its_margin()
    {
        var run = Outcome.Of("bench", "crash", "--traders", "30", "--proofs", "0", "-o", place.PathOf("crash"), "--device", "cpu", "--json").Expect(ExitCode.Success).Json;
        var ladders = run.GetProperty("ladders").EnumerateArray().Select(ladder => ladder.GetProperty("counts").EnumerateArray().Select(count => count.GetInt32()).ToArray()).ToArray();
        Assert.All(ladders, counts => Assert.Equal(32, counts.Sum()));
        Assert.Equal((0, run.GetProperty("below").GetInt32(), 0), (ladders[0][..3].Sum(), ladders[1][..3].Sum(), ladders[^1][..3].Sum()));
        Assert.True(run.GetProperty("below").GetInt32() > 0);
        Assert.All(new[] { "crash.png", "crash.svg" }, name => Assert.True(new FileInfo(place.PathOf(name)).Length > 10_000));
    }

    [Fact]
    public void Traders_of_a_drill_come_in_pairs() =>
        Assert.Contains("one long and one short", Outcome.Of("bench", "crash", "--traders", "31").Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--positions", "17", "from 1 to 16")]
    [InlineData("--markets", "256", "from 1 to 255")]
    [InlineData("--markets", "15", "--positions 16 needs as many markets; --markets is 15")]
    public void A_scan_of_accounts_that_cannot_be_is_refused(string option, string value, string hint) =>
        Assert.Contains(hint, Outcome.Of("bench", "scan", option, value).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

    [Fact]
    public void A_plot_takes_the_beginning_of_a_name() =>
        Assert.Contains("is a folder", Outcome.Of("bench", "plot", "absent.json", "-o", place.PathOf("figures/")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

    [Fact]
    public void The_report_repeats_the_command_and_survives_a_file_that_cannot_be_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's.");
        var run = Outcome.Of("bench", "--size", "8", "--rounds", "1", "--cpu-path", "portable", "--snarkjs", "none", "--no-kernels", "-o", "/dev/full", "--json").Expect(ExitCode.OutOfResources);
        Assert.Equal("prover bench --profile dense --size 8 --rounds 1 --cpu-path portable --snarkjs none --no-kernels", run.Json.GetProperty("command").GetString());
        Assert.All(run.Json.GetProperty("proofs").EnumerateArray(), proof => Assert.NotEqual("ifma", proof.GetProperty("prover").GetString()));
    }

    [Fact]
    public void A_file_that_is_no_report_is_named()
    {
        var file = place.Write("not-a-report.json", """{ "proofs": [] }""");
        var run = Outcome.Of("bench", "plot", file, "-o", place.PathOf("no-figure")).Expect(ExitCode.BadFile);
        Assert.Contains("not-a-report.json", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(place.PathOf("no-figure-proofs.png")));
    }

    [Fact]
    public void A_gpu_is_measured_on_its_emulation_and_drawn()
    {
        var report = place.PathOf("gpu.json");
        var run = Outcome.Of("bench", "gpu", "--emulate", "--sizes", "8", "5", "--profile", "dense", "bits", "--rounds", "1", "-o", report, "--json").Expect(ExitCode.Success);
        Assert.Contains("These numbers mean nothing", run.Error, StringComparison.Ordinal);
        Assert.True(run.Json.GetProperty("isEmulated").GetBoolean());
        Assert.Equal("prover bench gpu --emulate --sizes 8 5 --profile dense bits --rounds 1 --minutes 60", run.Json.GetProperty("command").GetString());

        var measurements = run.Json.GetProperty("measurements").EnumerateArray().Select(one => (Part: Text(one, "part"), Subject: Text(one, "subject"), On: Text(one, "on"))).ToHashSet();
        foreach (var subject in new[] { "one chain", "four chains" })
            Assert.Contains(("products", subject, "gpu"), measurements);
        foreach (var on in new[] { "gpu", "cpu" })
        {
            foreach (var group in new[] { "G1", "G2" })
            {
                Assert.Contains(measurements, one => one.Part == "additions" && one.Subject.StartsWith(group, StringComparison.Ordinal) && one.On == on);
                foreach (var kind in new[] { "uniform", "90 % bits", "all equal" })
                    Assert.Contains(("sum", $"{group}, {kind}", on), measurements);
            }

            foreach (var part in new[] { ("transform", ""), ("quotient", ""), ("key", "dense"), ("proof", "dense") })
                Assert.Contains((part.Item1, part.Item2, on), measurements);
        }

        foreach (var callers in new[] { 1, 2, 4 })
            Assert.Contains(("throughput", $"dense, {callers} in flight", "gpu"), measurements);
        Assert.All(run.Json.GetProperty("measurements").EnumerateArray().Where(one => Text(one, "part") == "proof"), one => Assert.NotEqual(0, one.GetProperty("stages").GetArrayLength()));

        // Neither profile fits 2⁵, and bits does not fit 2⁸: that is said, and nothing has failed.
        var gaps = run.Json.GetProperty("gaps").EnumerateArray().ToArray();
        Assert.Equal([("dense", 5), ("bits", 5), ("bits", 8)], gaps.Select(gap => (Text(gap, "subject"), gap.GetProperty("logSize").GetInt32())));
        Assert.All(gaps, gap => Assert.False(gap.GetProperty("hasFailed").GetBoolean()));

        Outcome.Of("bench", "plot", report, "-o", place.PathOf("gpu")).Expect(ExitCode.Success);
        Assert.True(new FileInfo(place.PathOf("gpu-parts.png")).Length > 10_000);
        Assert.Contains("emulated", File.ReadAllText(place.PathOf("gpu-proofs.svg")), StringComparison.Ordinal);
        Assert.Contains("drawn by itself", Outcome.Of("bench", "plot", report, report, "-o", place.PathOf("two")).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

        static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("--sizes", "4", "from 5 to 24")]
    [InlineData("--sizes", "25", "from 5 to 24")]
    [InlineData("--device", "cpu", "gpu:N")]
    [InlineData("--minutes", "0", "from 1 to")]
    [InlineData("--device", "gpu:9999", "GPU")]
    public void A_gpu_that_cannot_be_measured_is_refused(string option, string value, string hint) =>
        Assert.Contains(hint, Outcome.Of("bench", "gpu", option, value).Expect(ExitCode.Usage).Error, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_emulation_is_no_device() =>
        Assert.Contains("--emulate takes no device", Outcome.Of("bench", "gpu", "--emulate", "--device", "gpu:0").Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
}
