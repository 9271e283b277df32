namespace Prover.Cli.Tests;

public sealed class CommandLineTests
{
    public static TheoryData<string> Commands =>
        ["new", "check", "explain", "fmt", "test", "compile", "profile", "doc", "lsp", "setup", "witness", "prove", "verify", "key info", "key export-vk", "key export-solidity", "inspect", "batch prove", "batch execute", "batch why", "batch scan", "batch sign", "batch sequencer", "batch escape", "state init", "state apply", "state info", "state verify", "state export", "state import", "bench scan", "doctor"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_of_every_command_gives_an_example(string command)
    {
        var help = Outcome.Of([.. command.Split(' '), "--help"]).Expect(ExitCode.Success).Output;

        Assert.Contains($"Example: prover {command}", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_arguments_the_help_is_shown()
    {
        Assert.Equal(Outcome.Of("--help").Output, Outcome.Of().Expect(ExitCode.Success).Output);
    }

    [Theory]
    [InlineData("doctor", "--frobnicate")]
    [InlineData("frobnicate")]
    [InlineData("verify", "vk.json")]
    [InlineData("fmt", "--stdin", "a.circuit")]
    [InlineData("prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "abacus")]
    [InlineData("prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "gpu:")]
    [InlineData("prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "gpu:N")]
    [InlineData("prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "gpu:-1")]
    [InlineData("prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "cpu:0")]
    [InlineData("profile", "a.circuit", "--top", "x")]
    [InlineData("setup", "--r1cs", "a.r1cs", "-o", "a.zkey")]
    [InlineData("setup", "--r1cs", "a.r1cs", "--insecure-dev", "--ptau", "a.ptau", "-o", "a.zkey")]
    public void A_wrong_command_line_is_a_usage_error(params string[] arguments)
    {
        var outcome = Outcome.Of(arguments).Expect(ExitCode.Usage);

        Assert.Contains("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("--help", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("inspect", "absent.zkey")]
    [InlineData("key", "info", "absent.zkey")]
    [InlineData("verify", "absent.json", "absent.json", "absent.json")]
    [InlineData("check", "absent.circuit")]
    [InlineData("fmt", "absent.circuit")]
    [InlineData("fmt", "absent-folder/absent.circuit", "--check")]
    [InlineData("test", "absent.circuit")]
    [InlineData("compile", "absent.circuit", "-o", "absent-build")]
    [InlineData("setup", "--r1cs", "absent.r1cs", "--insecure-dev", "-o", "absent.zkey")]
    [InlineData("witness", "--circuit", "absent-build", "--input", "absent.json", "-o", "absent.wtns")]
    [InlineData("prove", "absent.zkey", "absent.wtns", "p.json", "i.json", "--device", "cpu")]
    [InlineData("check", "absent-folder/absent.circuit")]
    [InlineData("key", "export-solidity", "absent.zkey")]
    [InlineData("batch", "execute", "absent.json")]
    [InlineData("batch", "why", "absent.json", "0")]
    [InlineData("batch", "prove", "absent.json")]
    [InlineData("state", "init", "none.db", "--from", "absent.json")]
    [InlineData("state", "apply", "absent.db", "absent.json")]
    [InlineData("state", "info", "absent.db")]
    [InlineData("state", "import", "absent.json", "none.db")]
    public void A_missing_file_is_named(params string[] arguments)
    {
        var outcome = Outcome.Of(arguments).Expect(ExitCode.BadFile);

        Assert.Contains("absent", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("See 'prover batch execute --help'", "batch", "execute")]
    [InlineData("See 'prover key info --help'", "key", "info")]
    [InlineData("See 'prover doctor --help'", "doctor", "--frobnicate")]
    [InlineData("See 'prover --help'", "frobnicate")]
    [InlineData("error: there is no command 'exec' here; there are prove, execute, why, scan, sign, sequencer, escape, generate, history.", "batch", "exec", "first.json")]
    [InlineData("there is no option '--jsn'", "check", "--jsn", "a.circuit")]
    [InlineData("there is no option '--update-lok'", "test", "--update-lok")]
    [InlineData("there is no option '--jsn'", "inspect", "--jsn")]
    [InlineData("there is no option '-x'", "batch", "prove", "-x")]
    [InlineData("--in-flight takes numbers from 1 to 64", "prove-all", "--in-flight", "0", "a.zkey", "b.wtns", "-o", "c")]
    [InlineData("--cpu-path is the CPU's", "prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "reference", "--cpu-path", "portable")]
    public void A_usage_error_says_what_would_help(string hint, params string[] arguments) =>
        Assert.Contains(hint, Outcome.Of(arguments).Expect(ExitCode.Usage).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--in-flight takes whole numbers, got 'x'.", "prove-all", "a.zkey", "a.wtns", "-o", "all", "--in-flight", "x")]
    [InlineData("--in-flight takes numbers from 1 to 64, got '65'.", "prove-all", "a.zkey", "a.wtns", "-o", "all", "--in-flight", "65")]
    [InlineData("--cases takes whole numbers, got 'many'.", "test", "--cases", "many")]
    [InlineData("--seed takes whole numbers, got '1.5'.", "test", "--seed", "1.5")]
    [InlineData("--seed takes numbers from -2,147,483,648 to 2,147,483,647, got '2147483648'.", "test", "--seed", "2147483648")]
    [InlineData("--size takes whole numbers, got 'abc'.", "bench", "--size", "14", "abc")]
    [InlineData("--size takes numbers from 8 to 22, got '23'.", "bench", "--size", "22", "23")]
    [InlineData("--rounds takes numbers from 1 to 1,000, got '99999999999'.", "bench", "--rounds", "99999999999")]
    [InlineData("--time takes whole numbers, got 'now'.", "batch", "generate", "a.json", "--time", "now")]
    [InlineData("--profile takes dense, bits, margin; got 'sparse'.", "bench", "--profile", "sparse")]
    [InlineData("--device takes gpu, gpu:N, cpu, reference, auto; got 'abacus'.", "prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "abacus")]
    public void A_value_that_an_option_does_not_take_is_named_with_what_it_takes(string mistake, params string[] arguments)
    {
        var error = Outcome.Of(arguments).Expect(ExitCode.Usage).Error;

        Assert.StartsWith($"error: {mistake}\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gpu_that_is_not_there_is_an_error_that_says_what_is()
    {
        var error = Outcome.Of("prove", "a.zkey", "a.wtns", "p.json", "i.json", "--device", "gpu:9999").Expect(ExitCode.Usage).Error;
        Assert.True(error.StartsWith("error: No GPU was found.", StringComparison.Ordinal) || error.StartsWith("error: There is no gpu:9999; this machine has gpu:0 (", StringComparison.Ordinal), error);
        Assert.DoesNotContain("--help", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect", ".")]
    [InlineData("key", "info", ".")]
    [InlineData("verify", ".", ".", ".")]
    [InlineData("compile", ".", "-o", "none")]
    [InlineData("batch", "execute", ".")]
    public void A_folder_in_the_place_of_a_file_is_named(params string[] arguments) =>
        Assert.Contains("a folder; a file is expected", Outcome.Of(arguments).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);

    [Fact]
    public void A_folder_without_circuits_has_passed_no_test()
    {
        var folder = Directory.CreateTempSubdirectory("prover-empty-");
        Assert.Contains("*.circuit: no such file", Outcome.Of("test", folder.FullName).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);
        folder.Delete();
    }

    [Theory]
    [InlineData("prove", "a.zkey", "a.wtns", "absent-folder/p.json", "i.json")]
    [InlineData("setup", "--r1cs", "a.r1cs", "--insecure-dev", "-o", "absent-folder/a.zkey")]
    [InlineData("witness", "--circuit", "a", "--input", "a.json", "-o", "absent-folder/a.wtns")]
    public void A_missing_folder_for_the_result_is_named_before_any_work(params string[] arguments) =>
        Assert.Contains("there is no folder", Outcome.Of(arguments).Expect(ExitCode.BadFile).Error, StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_cannot_be_made_is_named_before_any_work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's.");
        foreach (var command in new[] { "compile", "batch prove" })
        {
            var outcome = Outcome.Of([.. command.Split(' '), "absent", "-o", "/proc/none/at-all"]).Expect(ExitCode.BadFile);
            Assert.Contains("/proc/none/at-all: cannot be written to, permission denied in '/proc'", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_doctor_lists_every_device()
    {
        var report = Outcome.Of("doctor", "--json").Expect(ExitCode.Success).Json;
        var devices = report.GetProperty("devices").EnumerateArray().ToDictionary(device => device.GetProperty("name").GetString()!, device => device.GetProperty("state").GetString());

        Assert.Equal("passed", devices["cpu"]);
        Assert.Equal("passed", devices["reference"]);
        if (devices.TryGetValue("gpu", out var gpu))
            Assert.Equal("not found", gpu);
        else
            Assert.Equal("passed", devices["gpu:0"]);

        Assert.Equal(Environment.ProcessorCount, report.GetProperty("cores").GetInt32());
    }
}
