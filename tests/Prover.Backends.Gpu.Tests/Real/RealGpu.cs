namespace Prover.Backends.Gpu.Tests;

/// <summary>The first GPU of this machine, if it has one, for all tests that need one; the others run their kernels on ILGPU's CPU accelerator.</summary>
internal static class RealGpu
{
    public const string Collection = "the first GPU";

    private static readonly Lazy<int> Count = new(() => GpuBackend.Devices.Count);
    private static readonly Lazy<GpuBackend> First = new(() => new GpuBackend());

    public static GpuBackend Backend => First.Value;

    /// <summary>Has the test that is about to run skipped if there is no GPU.</summary>
    public static void Require() => Assert.SkipUnless(Count.Value > 0, "This machine has no GPU; tools/gpu/run.sh runs these tests where there is one.");
}
