using System.Globalization;
using System.Text.Json;
using Prover.Formats;

namespace Prover.Bench;

/// <summary>A <see cref="GpuBenchReport"/> as a file: JSON, names in camel case, indented.</summary>
public static class GpuBenchReportFile
{
    private static readonly string[] Devices = ["gpu", "cpu"];

    /// <summary>Writes <paramref name="report"/>, in place of what the file held.</summary>
    /// <exception cref="ArgumentException">A number is not finite; the file is left as it was.</exception>
    public static void Write(string path, GpuBenchReport report) => ReportJson.Write(path, report);

    /// <summary>Whether a file says that it is such a report, and so is to be read by <see cref="Read"/>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static bool IsOne(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            using var document = JsonDocument.Parse(file);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("kind", out var kind)
                && kind.ValueKind == JsonValueKind.String
                && kind.ValueEquals(GpuBenchReport.GpuKind);
        }
        catch (JsonException)
        {
            return false; // Whoever reads the file as a report of another kind says where it is broken.
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MalformedFileException">
    /// This is no report of a GPU in this format: other JSON or none, a property too few or too many, a number out of its range, a thing that was measured
    /// twice, targets that do not belong to the measurements.
    /// </exception>
    public static GpuBenchReport Read(string path)
    {
        var report = ReportJson.Read<GpuBenchReport>(path);
        var rules = new ReportRules(path);
        rules.OneOf("kind", report.Kind, [GpuBenchReport.GpuKind]);
        if (report.FormatVersion != GpuBenchReport.CurrentFormat)
            rules.Refuse("formatVersion", string.Create(CultureInfo.InvariantCulture, $"this program reads version {GpuBenchReport.CurrentFormat}, this is version {report.FormatVersion}."));
        rules.Machine(report.Machine);
        rules.Date(report.Date);
        rules.OneOf("device.kind", report.Device.Kind, report.IsEmulated ? ["CPU"] : ["Cuda", "OpenCL"]);
        rules.Positive("device.memoryBytes", report.Device.MemoryBytes);
        rules.Positive("device.multiprocessors", report.Device.Multiprocessors);
        rules.NotNegative("device.clockMegahertz", report.Device.ClockMegahertz);
        CheckMeasurements(rules, report.Measurements);
        for (var i = 0; i < report.Gaps.Count; i++)
        {
            var gap = rules.Present($"gaps[{i}]", report.Gaps[i]);
            rules.OneOf($"gaps[{i}].part", gap.Part, GpuParts.All);
            rules.LogSize($"gaps[{i}]", gap.LogSize);
        }

        for (var i = 0; i < report.Notes.Count; i++)
            rules.Present($"notes[{i}]", report.Notes[i]);
        CheckTargets(rules, report);
        return report;
    }

    private static void CheckMeasurements(ReportRules rules, IReadOnlyList<GpuMeasurement?> measurements)
    {
        var measured = new HashSet<(string, string, int, string)>();
        for (var i = 0; i < measurements.Count; i++)
        {
            var place = $"measurements[{i}]";
            var one = rules.Present(place, measurements[i]);
            rules.OneOf($"{place}.part", one.Part, GpuParts.All);
            rules.OneOf($"{place}.on", one.On, Devices);
            rules.LogSize(place, one.LogSize);
            rules.Positive($"{place}.operations", one.Operations);
            rules.SomeRounds($"{place}.seconds", one.Seconds);
            for (var round = 0; round < one.Seconds.Count; round++)
                rules.Positive($"{place}.seconds[{round}]", one.Seconds[round]);
            rules.Stages(place, one.Stages);
            if (!measured.Add((one.Part, one.Subject, one.LogSize, one.On)))
                rules.Refuse(place, $"{one.Part}, {one.Subject}, 2^{one.LogSize} on the {one.On} is there twice.");
        }
    }

    private static void CheckTargets(ReportRules rules, GpuBenchReport report)
    {
        var expected = GpuTarget.Of(report.IsEmulated ? [] : report.Measurements);
        if (report.Targets.Count != expected.Count)
            rules.Refuse("targets", $"version {GpuBenchReport.CurrentFormat} has {expected.Count} targets, there are {report.Targets.Count}.");
        for (var i = 0; i < expected.Count; i++)
        {
            if (report.Targets[i] != expected[i])
                rules.Refuse($"targets[{i}]", "is not the design's target with what the measurements say of it.");
        }
    }
}
