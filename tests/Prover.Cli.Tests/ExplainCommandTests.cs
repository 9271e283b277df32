using Prover.Language;

namespace Prover.Cli.Tests;

public sealed class ExplainCommandTests
{
    [Theory]
    [InlineData("R0211")]
    [InlineData("r0211")]
    public void Says_what_a_code_means_with_a_program_before_and_after(string code)
    {
        var outcome = Outcome.Of("explain", code).Expect(ExitCode.Success);
        Assert.StartsWith("R0211: A divisor that may be zero.\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\nRefused:\n\n  rule r(private x: int[0 .. 9], private y: int[0 .. 9]) {\n    require div(x, y, to 0, floor)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\nAccepted:\n\n  rule r(private x: int[0 .. 9], private y: int[1 .. 9]) {\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_a_code_without_a_small_program_means() =>
        Assert.Equal("R0107: The file is too long.\nSeveral files, joined by import.\n", Outcome.Of("explain", "R0107").Expect(ExitCode.Success).Output);

    [Fact]
    public void Lists_all_codes()
    {
        var lines = Outcome.Of("explain").Expect(ExitCode.Success).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(DiagnosticCode.All.Select(entry => $"{entry.Code}  {entry.Meaning}"), lines);
    }

    [Fact]
    public void Gives_the_same_as_json()
    {
        Assert.Equal("R0203", Outcome.Of("explain", "R0203", "--json").Expect(ExitCode.Success).Json.GetProperty("code").GetString());
        Assert.Equal(DiagnosticCode.All.Count, Outcome.Of("explain", "--json").Expect(ExitCode.Success).Json.GetArrayLength());
    }

    [Fact]
    public void A_code_that_is_none_is_a_mistake() =>
        Assert.Contains("There is no code 'R9999'", Outcome.Of("explain", "R9999").Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
}
