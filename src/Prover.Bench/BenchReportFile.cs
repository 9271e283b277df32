using Prover.Formats;

namespace Prover.Bench;

/// <summary>A <see cref="BenchReport"/> as a file: JSON, names in camel case, indented.</summary>
public static class BenchReportFile
{
    /// <summary>Writes <paramref name="report"/>, in place of what the file held.</summary>
    /// <exception cref="ArgumentException">A number is not finite; the file is left as it was.</exception>
    public static void Write(string path, BenchReport report) => ReportJson.Write(path, report);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="MalformedFileException">
    /// This is no report: other JSON or none, a property too few or too many, a number out of its range.
    /// </exception>
    public static BenchReport Read(string path)
    {
        var report = ReportJson.Read<BenchReport>(path);
        var rules = new ReportRules(path);
        rules.Machine(report.Machine);
        rules.Date(report.Date);
        for (var i = 0; i < report.Kernels.Count; i++)
            Check(rules, $"kernels[{i}]", report.Kernels[i]);
        for (var i = 0; i < report.Proofs.Count; i++)
            Check(rules, $"proofs[{i}]", report.Proofs[i]);
        return report;
    }

    private static void Check(ReportRules rules, string place, KernelTimes? kernels)
    {
        var present = rules.Present(place, kernels);
        rules.NotNegative($"{place}.product", present.Product);
        rules.NotNegative($"{place}.g1Addition", present.G1Addition);
        rules.NotNegative($"{place}.g2Addition", present.G2Addition);
        rules.NotNegative($"{place}.butterfly", present.Butterfly);
    }

    private static void Check(ReportRules rules, string place, ProofTimes? proof)
    {
        var present = rules.Present(place, proof);
        rules.LogSize(place, present.LogSize);
        rules.NotNegative($"{place}.constraints", present.Constraints);
        rules.NotNegative($"{place}.wires", present.Wires);
        rules.NotNegative($"{place}.terms", present.Terms);
        rules.SomeRounds($"{place}.seconds", present.Seconds);
        rules.Rounds($"{place}.processSeconds", present.ProcessSeconds);
        rules.Seconds($"{place}.cpuSeconds", present.CpuSeconds);
        rules.Stages(place, present.Stages);
        rules.NotNegative($"{place}.peakPrivateBytes", present.PeakPrivateBytes);
        rules.NotNegative($"{place}.bytesMoved", present.BytesMoved);
    }
}
