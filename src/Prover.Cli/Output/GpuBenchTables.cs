using System.Globalization;
using Prover.Bench;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>The report of a run on a GPU as tables for people.</summary>
internal static class GpuBenchTables
{
    public static void Write(Terminal terminal, GpuBenchReport report)
    {
        terminal.Write($"{(report.IsEmulated ? "EMULATED, these numbers mean nothing: " : "")}{report.Device.Name}, {report.Device.MemoryBytes >> 20:N0} MiB, {report.Device.Multiprocessors} multiprocessors, {report.Device.ClockMegahertz:N0} MHz, {report.Device.Architecture} {report.Device.Driver}".TrimEnd());
        terminal.Write($"{report.Machine.Processor}, {report.Machine.Cores} cores, {report.Date}, {report.Version}");
        WriteTargets(terminal, report);
        WriteMeasurements(terminal, report.Measurements);
        BenchTable.WriteStages(terminal, report.Measurements.Select(one => ($"{one.Subject} 2^{one.LogSize} {one.On}", one.Stages)), Text);
        foreach (var gap in report.Gaps)
        {
            terminal.Write($"{(gap.HasFailed ? "FAILED" : "left out")}: {gap.Part}{(gap.Subject.Length == 0 ? "" : $" {gap.Subject}")} 2^{gap.LogSize}: {gap.Reason}");
        }
    }

    private static void WriteTargets(Terminal terminal, GpuBenchReport report)
    {
        var table = BenchTable.New("target on an H100", "size", "aim", "measured", "met");
        foreach (var target in report.Targets)
        {
            table.AddRow(
                Name(target.Part, target.Subject),
                target.LogSize == 0 ? "" : $"2^{target.LogSize}",
                Number(target.Bound, target.IsRate),
                target.Measured is { } measured ? Number(measured, target.IsRate) : "",
                report.IsEmulated || target.IsMet() is not { } isMet ? "" : isMet ? "yes" : "no");
        }

        terminal.WriteTable(table);
    }

    private static void WriteMeasurements(Terminal terminal, IReadOnlyList<GpuMeasurement> measurements)
    {
        var table = BenchTable.New("part", "size", "on", "least ms", "median ms", "a second, at the least", "CPU / GPU, medians");
        foreach (var one in measurements)
        {
            var other = one.On == "gpu" ? measurements.FirstOrDefault(cpu => (cpu.On, cpu.Part, cpu.Subject, cpu.LogSize) == ("cpu", one.Part, one.Subject, one.LogSize)) : null;
            table.AddRow(
                Name(one.Part, one.Subject),
                one.LogSize == 0 ? "" : $"2^{one.LogSize}",
                one.On,
                Text(1e3 * one.Least),
                Text(1e3 * one.Median),
                Number(one.Operations / one.Least, isRate: true),
                other is null ? "" : $"{Text(other.Median / one.Median)}×");
        }

        terminal.WriteTable(table);
    }

    private static string Name(string part, string subject) => Markup.Escape(subject.Length == 0 ? part : $"{part}, {subject}");

    private static string Number(double value, bool isRate) => !isRate ? $"{Text(1e3 * value)} ms"
        : value >= 1e9 ? $"{Text(value / 1e9)} G/s"
        : value >= 1e6 ? $"{Text(value / 1e6)} M/s"
        : $"{Text(value)} /s";

    private static string Text(double value) => value.ToString(value < .1 ? "0.0000" : value < 10 ? "0.00" : "#,0.0", CultureInfo.InvariantCulture);
}
