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

    protected override int LargestLogSize => 6;

    protected override int Cases => 1;

    [Fact]
    public void A_missing_gpu_is_an_error_that_says_what_was_looked_for()
    {
        try
        {
            using var gpu = new GpuBackend();
            Assert.DoesNotContain("CPU", gpu.Description, StringComparison.Ordinal);
            Assert.True(BackendSelfTest.Run(gpu).Passed);
        }
        catch (DeviceNotFoundException missing)
        {
            Assert.Contains("CUDA", missing.Message, StringComparison.Ordinal);
            Assert.Contains("OpenCL", missing.Message, StringComparison.Ordinal);
        }
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
