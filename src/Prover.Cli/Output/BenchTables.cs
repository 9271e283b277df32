using System.Globalization;
using Prover.Bench;
using Spectre.Console;

namespace Prover.Cli;

/// <summary>A benchmark report as tables for people.</summary>
internal static class BenchTables
{
    private const double Mebi = 1 << 20;

    public static void Write(Terminal terminal, BenchReport report)
    {
        terminal.Write($"{report.Machine.Processor}, {report.Machine.Cores} cores, {report.Date}, {report.Version}");
        if (report.Kernels.Count > 0)
            WriteKernels(terminal, report.Kernels);

        WriteProofs(terminal, report.Proofs);
        BenchTable.WriteStages(terminal, report.Proofs.Select(proof => ($"{proof.Profile} 2^{proof.LogSize} {proof.Prover}", proof.Stages)), Text);
    }

    private static void WriteKernels(Terminal terminal, IReadOnlyList<KernelTimes> kernels)
    {
        var table = BenchTable.New("one thread, ns", "product in Fr", "addition in G1", "addition in G2", "butterfly of 2^20");
        foreach (var kernel in kernels)
        {
            table.AddRow(kernel.Path, Text(kernel.Product), Text(kernel.G1Addition), Text(kernel.G2Addition), Text(kernel.Butterfly));
        }

        terminal.WriteTable(table);
    }

    private static void WriteProofs(Terminal terminal, IReadOnlyList<ProofTimes> proofs)
    {
        var table = BenchTable.New("profile", "domain", "constraints", "prover", "call, median s", "process, median s", "CPU s", "private MiB", "moved MiB", "snarkjs / call", "snarkjs / process");
        foreach (var proof in proofs)
        {
            var snarkjs = proofs.FirstOrDefault(other => (other.Profile, other.LogSize, other.Prover) == (proof.Profile, proof.LogSize, "snarkjs"));
            table.AddRow(
                proof.Profile,
                $"2^{proof.LogSize}",
                proof.Constraints.ToString("N0", CultureInfo.InvariantCulture),
                proof.Prover,
                Seconds(proof.Seconds),
                Seconds(proof.ProcessSeconds),
                proof.CpuSeconds > 0 ? Text(proof.CpuSeconds) : "",
                proof.PeakPrivateBytes > 0 ? Text(proof.PeakPrivateBytes / Mebi) : "",
                proof.BytesMoved > 0 ? Text(proof.BytesMoved / Mebi) : "",
                Ratio(snarkjs?.Seconds, proof.Seconds),
                Ratio(snarkjs?.ProcessSeconds, proof.ProcessSeconds));
        }

        terminal.WriteTable(table);
    }

    private static string Seconds(IReadOnlyList<double> seconds) => seconds.Count == 0 ? "" : Median(seconds).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Ratio(IReadOnlyList<double>? theirs, IReadOnlyList<double> ours) =>
        theirs is { Count: > 0 } && ours.Count > 0 ? $"{(Median(theirs) / Median(ours)).ToString("0.0", CultureInfo.InvariantCulture)}×" : "";

    private static string Text(double value) => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
