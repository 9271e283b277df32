using Prover.Backends;

namespace Prover.Cli.Tests;

public sealed class FailuresTests
{
    [Fact]
    public void A_lost_device_is_worth_a_retry()
    {
        Assert.True(Failures.TryDescribe(new DeviceLostException("H100 fell off the bus."), out var code, out var message));

        Assert.Equal(ExitCode.RetryableRemote, code);
        Assert.Equal("H100 fell off the bus.", message);
    }

    [Fact]
    public void A_device_with_too_little_memory_is_out_of_resources_and_says_what_was_asked_and_what_there_is()
    {
        var shortage = new DeviceMemoryException("T4", "A sum over 4,194,304 points", askedBytes: (1536L << 20) + 1, availableBytes: (512L << 20) + 1);

        Assert.True(Failures.TryDescribe(shortage, out var code, out var message));

        Assert.Equal(ExitCode.OutOfResources, code);
        Assert.Contains("A sum over 4,194,304 points takes at least 1,537 MiB of device memory, and T4 has 512 MiB", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_parallel_loop_wraps_is_described_as_itself()
    {
        Assert.True(Failures.TryDescribe(new AggregateException(new DeviceLostException("gone")), out var code, out var message));

        Assert.Equal((ExitCode.RetryableRemote, "gone"), (code, message));
    }

    [Fact]
    public void A_bug_is_not_described()
    {
        Assert.False(Failures.TryDescribe(new InvalidOperationException("This cannot happen."), out _, out _));
    }
}
