namespace Prover.Bench;

/// <summary>What the design aims at on an H100, and what a run measured of it.</summary>
/// <param name="Part">One of <see cref="GpuParts"/>.</param>
/// <param name="Subject">Which of that part; every subject that begins so counts, and the best is taken.</param>
/// <param name="LogSize">log₂ of its size; 0 if any size will do.</param>
/// <param name="Bound">Seconds at most, or operations a second at least.</param>
/// <param name="IsRate">Which of the two.</param>
/// <param name="Measured">The quickest round's seconds or operations a second; null if it was not measured.</param>
public sealed record GpuTarget(string Part, string Subject, int LogSize, double Bound, bool IsRate, double? Measured)
{
    /// <summary>In the order of their importance.</summary>
    private static readonly GpuTarget[] Design =
    [
        Rate(GpuParts.Products, "", 0, 40e9),
        Time(GpuParts.Sum, "G1, uniform", 20, 8e-3),
        Time(GpuParts.Transform, "", 20, .6e-3),
        Time(GpuParts.Proof, "dense", 20, 60e-3),
        Rate(GpuParts.Trades, "margin", 20, 300),
        Time(GpuParts.Sum, "G1, uniform", 22, 22e-3),
        Time(GpuParts.Transform, "", 22, 2e-3),
        Time(GpuParts.Proof, "dense", 22, 220e-3),
    ];

    /// <summary>Whether the measured number is as good as the design wants it; null if there is none.</summary>
    public bool? IsMet() => Measured is not { } measured ? null : IsRate ? measured >= Bound : measured <= Bound;

    /// <summary>The design's targets beside what was measured on the GPU.</summary>
    public static IReadOnlyList<GpuTarget> Of(IReadOnlyList<GpuMeasurement> measurements) => [.. Design.Select(target => target.With(measurements))];

    /// <summary>Place of a part, subject and size among the targets, the most important first; behind all of them if there is no target of it.</summary>
    public static int RankOf(string part, string subject, int logSize) =>
        Array.FindIndex(Design, target => target.Covers(part, subject, logSize)) is >= 0 and var rank ? rank : Design.Length;

    /// <summary>The target that a measurement is of, or null.</summary>
    public static GpuTarget? For(GpuMeasurement measurement) => Design.FirstOrDefault(target => target.Covers(measurement.Part, measurement.Subject, measurement.LogSize));

    private bool Covers(string part, string subject, int logSize) =>
        part == Part && subject.StartsWith(Subject, StringComparison.Ordinal) && (LogSize == 0 || logSize == LogSize);

    private GpuTarget With(IReadOnlyList<GpuMeasurement> measurements)
    {
        var own = measurements.Where(one => one.On == "gpu" && Covers(one.Part, one.Subject, one.LogSize)).ToArray();
        return own.Length == 0 ? this : this with { Measured = IsRate ? own.Max(one => one.Operations / one.Least) : own.Min(one => one.Least) };
    }

    private static GpuTarget Rate(string part, string subject, int logSize, double perSecond) => new(part, subject, logSize, perSecond, true, null);

    private static GpuTarget Time(string part, string subject, int logSize, double seconds) => new(part, subject, logSize, seconds, false, null);
}
