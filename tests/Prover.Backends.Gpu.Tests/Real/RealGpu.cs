using System.Globalization;

namespace Prover.Backends.Gpu.Tests;

/// <summary>
/// The GPU of this machine that $PROVER_TEST_GPU numbers, otherwise the first, if there is one, for all tests that need one; the others run their kernels on
/// ILGPU's CPU accelerator.
/// </summary>
internal static class RealGpu
{
    public const string Collection = "a GPU";

    private static readonly Lazy<int> Count = new(() => GpuBackend.Devices.Count);
    private static readonly Lazy<GpuBackend> First = new(() => new GpuBackend(int.Parse(Environment.GetEnvironmentVariable("PROVER_TEST_GPU") ?? "0", CultureInfo.InvariantCulture)));

    public static GpuBackend Backend => First.Value;

    /// <summary>Has the test that is about to run skipped if there is no GPU.</summary>
    public static void Require() => Assert.SkipUnless(Count.Value > 0, "This machine has no GPU; tools/gpu/run.sh runs these tests where there is one.");
}
