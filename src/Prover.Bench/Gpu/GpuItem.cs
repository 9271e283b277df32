namespace Prover.Bench;

/// <summary>One thing to measure.</summary>
/// <param name="Part">One of <see cref="GpuParts"/>.</param>
/// <param name="Subject">Which of that part.</param>
/// <param name="LogSize">log₂ of its size.</param>
/// <param name="HostBytes">The host's memory that it takes, about.</param>
/// <param name="Measure">Measures it and hands over each measurement as soon as it has it.</param>
internal sealed record GpuItem(string Part, string Subject, int LogSize, long HostBytes, Action<GpuSession, Action<GpuMeasurement>> Measure)
{
    /// <summary>For people.</summary>
    public string Name => $"{Part}{(Subject.Length == 0 ? "" : $" {Subject}")}, 2^{LogSize}";
}
