using Prover.Backends;

namespace Prover.Cli.Tests;

/// <summary>What the examination of a machine makes of a device.</summary>
public sealed class DeviceCheckTests
{
    [Theory]
    [InlineData(false, nameof(DeviceState.Missing))]
    [InlineData(true, nameof(DeviceState.Failed))]
    public void A_device_that_is_there_and_refuses_has_failed_and_one_that_is_not_there_has_not(bool wasFound, string state)
    {
        var check = Devices.Check(new("gpu:0", () => throw new DeviceNotFoundException("No.") { WasFound = wasFound }));

        Assert.Equal((state, "No."), ($"{check.State}", check.Description));
    }

    [Fact]
    public void A_driver_that_throws_is_a_finding_and_a_sound_device_passes()
    {
        var check = Devices.Check(new("gpu:0", () => throw new DllNotFoundException("No libcuda.")));

        Assert.Equal((DeviceState.Failed, "DllNotFoundException: No libcuda."), (check.State, check.Description));
        Assert.Equal(DeviceState.Passed, Devices.Check(new("reference", () => new ReferenceBackend())).State);
    }
}
