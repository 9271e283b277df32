namespace Prover.Bench.Tests;

public class MeasuredProcessTests
{
    [Fact]
    public void A_program_that_ends_well_is_measured() =>
        Assert.InRange(MeasuredProcess.Run(["true"], TestContext.Current.CancellationToken).Seconds, 0, 60);

    [Theory]
    [InlineData("false", "exit code 1")]
    [InlineData("no-such-program-anywhere", "cannot be started")]
    public void A_program_that_fails_is_named(string program, string says)
    {
        var failure = Assert.Throws<ProcessFailedException>(() => MeasuredProcess.Run([program], TestContext.Current.CancellationToken));
        Assert.Contains($"'{program}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }
}
