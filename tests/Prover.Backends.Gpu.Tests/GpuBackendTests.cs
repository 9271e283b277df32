using Prover.Testing;

namespace Prover.Backends.Gpu.Tests;

/// <summary>One backend for all tests: the kernels are compiled once. The accelerator takes one caller at a time, hence the collection.</summary>
internal static class CpuAccelerator
{
    public const string Collection = "ILGPU's CPU accelerator";

    public static GpuBackend Backend { get; } = GpuBackend.CreateOnCpuAccelerator();
}

[Collection(CpuAccelerator.Collection)]
public sealed class GpuBackendTests : BackendLaws
{
    protected override IProverBackend Backend => CpuAccelerator.Backend;

    protected override int LargestLogSize => 10;

    protected override int Cases => 1;

    [Fact]
    public void A_missing_gpu_is_an_error_that_says_what_was_looked_for()
    {
        try
        {
            using var gpu = new GpuBackend();
            Assert.Equal("gpu:0", gpu.Name);
            Assert.DoesNotContain("CPU", gpu.Description, StringComparison.Ordinal);
            Assert.True(BackendSelfTest.Run(gpu).Passed);
        }
        catch (DeviceNotFoundException missing)
        {
            Assert.Contains("CUDA", missing.Message, StringComparison.Ordinal);
            Assert.Contains("OpenCL", missing.Message, StringComparison.Ordinal);
            Assert.Empty(GpuBackend.Devices);
        }
    }

    [Fact]
    public void The_self_test_by_which_devices_are_chosen_passes()
    {
        var result = BackendSelfTest.Run(Backend);
        Assert.True(result.Passed, result.Detail);
    }

    [Fact]
    public void Each_gpu_that_is_listed_can_be_asked_for_by_its_number_and_no_other()
    {
        var devices = GpuBackend.Devices;
        for (var number = 0; number < devices.Count; number++)
        {
            using var gpu = new GpuBackend(number);
            Assert.Contains(devices[number], gpu.Description, StringComparison.Ordinal);
        }

        Assert.Throws<DeviceNotFoundException>(() => new GpuBackend(devices.Count));
        Assert.Equal("There is no gpu:7; this machine has gpu:0 (T4), gpu:1 (H100).", DeviceSearch.NoSuchNumber(7, ["T4", "H100"]));
    }
}

[Collection(CpuAccelerator.Collection)]
public sealed class GpuBackendG1Tests : BackendG1Laws
{
    protected override IProverBackend Backend => CpuAccelerator.Backend;

    protected override int LongestSum => 12;

    protected override int HardSum => 9;

    protected override IReadOnlyList<int> LongSums => [300];
}

[Collection(CpuAccelerator.Collection)]
public sealed class GpuBackendG2Tests : BackendG2Laws
{
    protected override IProverBackend Backend => CpuAccelerator.Backend;

    protected override int LongestSum => 3;

    protected override int HardSum => 5;

    protected override IReadOnlyList<int> LongSums => [100];
}
