using System.Diagnostics;
using Prover.Testing;

namespace Prover.Cli.Tests;

/// <summary>What only a process of its own shows: signals, and standard output or error that take nothing.</summary>
public sealed class ProgramTests(Workplace place) : IClassFixture<Workplace>
{
    private static string Program => Path.Combine(AppContext.BaseDirectory, "Prover.Cli");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Interrupting_twice_ends_a_command_without_a_trace(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems' env cannot give a signal its default meaning back.");

        // What runs in the background of a shell ignores INT, and so would what it starts. Without the signal this ends with 0 in a minute.
        using var bench = Start($"exec env --default-signal={signal} '{Program}' bench --size 14 --rounds 20 --snarkjs none --no-kernels");
        var error = bench.StandardError;
        await error.ReadLineAsync(TestContext.Current.CancellationToken);

        // The first is sent as a terminal does, to the process and its group, so that it arrives twice.
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(i == 2 ? 400 : 0, TestContext.Current.CancellationToken);
            using var kill = Start($"kill -{signal} {bench.Id}");
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await bench.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Cancelled, bench.ExitCode);
        Assert.DoesNotContain("   at ", await error.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_without_its_circuits_says_where_they_are_looked_for()
    {
        using var process = Start($"PROVER_CIRCUITS=/nowhere exec '{Program}' batch prove '{Repository.PathOf("bench", "batches", "first.json")}' -o '{place.PathOf("batch")}'");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.BadFile, process.ExitCode);
        Assert.Contains("$PROVER_CIRCUITS is '/nowhere'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inspect VK --json", ">/dev/full", ExitCode.OutOfResources)]
    [InlineData("inspect VK --json", ">&-", ExitCode.OutOfResources)]
    [InlineData("inspect VK --json", "2>/dev/full", ExitCode.Success)]
    [InlineData("inspect VK --json", "2>&-", ExitCode.Success)]
    [InlineData("verify VK PUBLIC OTHER", "2>/dev/full", ExitCode.BadFile)]
    [InlineData("verify VK PUBLIC OTHER --json", ">/dev/full 2>/dev/full", ExitCode.OutOfResources)]
    [InlineData("bench --size 7", "2>/dev/full", ExitCode.Usage)]
    [InlineData("bench --size 7 --json", ">&-", ExitCode.OutOfResources)]
    [InlineData("--help", ">/dev/full", ExitCode.OutOfResources)]
    public async Task Unwritable_output_is_out_of_resources_and_unwritable_messages_are_nothing(string command, string redirection, int code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's.");
        var words = command.Replace("VK", place.VerifyingKey, StringComparison.Ordinal)
            .Replace("PUBLIC", place.PublicInputs, StringComparison.Ordinal)
            .Replace("OTHER", place.Circuit, StringComparison.Ordinal);
        using var process = Start($"exec '{Program}' {words} {redirection}");
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(code, process.ExitCode);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static Process Start(string script) => Process.Start(
        new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_NOLOGO"] = "1" } })!;
}
