using Prover.Backends.Gpu;

namespace Prover.Bench.Tests;

/// <summary>A report with numbers like those that a GPU might give.</summary>
internal static class SampleGpuReport
{
    public static GpuBenchReport Report { get; } = With(
    [
        new(GpuParts.Products, "four chains", 20, "gpu", 4.2e9, [.105, .1, .11], []),
        .. from logSize in new[] { 16, 18, 20, 22 }
           from part in new[] { (GpuParts.Transform, "", .5e-9), (GpuParts.Sum, "G1, uniform", 8e-9) }
           from device in new[] { ("gpu", 1.0), ("cpu", 30.0) }
           select new GpuMeasurement(part.Item1, part.Item2, logSize, device.Item1, 1 << logSize, [part.Item3 * device.Item2 * (1 << logSize)], []),
        new(GpuParts.Proof, "dense", 20, "gpu", 1, [.07, .08], [new("transforms", .02)]),
        new(GpuParts.Proof, "dense", 20, "cpu", 1, [1.1, 1.2], [new("transforms", .3)]),
    ]);

    public static GpuBenchReport With(IReadOnlyList<GpuMeasurement> measurements) => new(
        GpuBenchReport.GpuKind,
        GpuBenchReport.CurrentFormat,
        IsEmulated: false,
        new GpuDescription("Sample GPU", "Cuda", 80L << 30, 132, 1980, "SM_90", "12.4"),
        SampleReport.Machine,
        "2026-01-31T09:30:00Z",
        "0.1.0",
        "prover bench gpu --device gpu:0",
        GpuTarget.Of(measurements),
        measurements,
        [new(GpuParts.Sum, "G1, uniform", 24, false, "it takes about 90 seconds, judged by 2^22, and 20 are left.")],
        ["memory is short"]);
}
