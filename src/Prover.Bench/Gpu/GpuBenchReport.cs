using System.Text.Json.Serialization;
using Prover.Backends.Gpu;
using Prover.Bench.Plots;

namespace Prover.Bench;

/// <summary>What a run on one GPU measured, the CPU path of the same machine beside it; written as JSON, with names in camel case, and drawn by 'bench plot'.</summary>
/// <param name="Kind">"gpu", which tells it from other reports.</param>
/// <param name="FormatVersion">1.</param>
/// <param name="IsEmulated">Whether kernels ran on ILGPU's CPU accelerator: then no time says anything of a GPU.</param>
/// <param name="Device">The device.</param>
/// <param name="Machine">Where it is.</param>
/// <param name="Date">When the run began, in ISO 8601.</param>
/// <param name="Version">The program's version, and the commit that it was built from.</param>
/// <param name="Command">What repeats it.</param>
/// <param name="Targets">What the design aims at on an H100, and what was measured of it.</param>
/// <param name="Measurements">What was measured.</param>
/// <param name="Gaps">What was not, and why.</param>
/// <param name="Notes">What the device said meanwhile, as that its memory is short and work was cut.</param>
public sealed record GpuBenchReport(
    string Kind,
    int FormatVersion,
    bool IsEmulated,
    GpuDescription Device,
    Machine Machine,
    string Date,
    string Version,
    string Command,
    IReadOnlyList<GpuTarget> Targets,
    IReadOnlyList<GpuMeasurement> Measurements,
    IReadOnlyList<GpuGap> Gaps,
    IReadOnlyList<string> Notes)
{
    /// <summary>The <see cref="Kind"/> of these reports.</summary>
    public const string GpuKind = "gpu";

    /// <summary>The <see cref="FormatVersion"/> that this program writes and reads.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>Rounds of one thing on one device.</summary>
/// <param name="Part">One of <see cref="GpuParts"/>.</param>
/// <param name="Subject">Which of that part: "four chains", "G1, uniform", "dense", "dense, 2 in flight".</param>
/// <param name="LogSize">log₂ of its size: threads' elements, points, a vector's elements or a proof's domain.</param>
/// <param name="On">"gpu" or "cpu".</param>
/// <param name="Operations">What a round did: products, additions, elements, points, proofs or trades; how many.</param>
/// <param name="Seconds">Each round's time.</param>
/// <param name="Stages">Of a proof, its stages, each run alone and at its quickest; otherwise empty.</param>
public sealed record GpuMeasurement(
    string Part, string Subject, int LogSize, string On, double Operations, IReadOnlyList<double> Seconds, IReadOnlyList<StageTime> Stages)
{
    /// <summary>The quickest round.</summary>
    [JsonIgnore]
    public double Least => Seconds.Min();

    /// <summary>The middle round, or the mean of the middle two.</summary>
    [JsonIgnore]
    public double Median => MeasuredProof.Median(Seconds);
}

/// <summary>Something that was to be measured and was not.</summary>
/// <param name="Part">One of <see cref="GpuParts"/>.</param>
/// <param name="Subject">Which of that part.</param>
/// <param name="LogSize">log₂ of its size.</param>
/// <param name="HasFailed">Whether it was tried and failed; otherwise it was left out because it does not fit the memory or the time.</param>
/// <param name="Reason">Why, with the numbers.</param>
public sealed record GpuGap(string Part, string Subject, int LogSize, bool HasFailed, string Reason);
