namespace Prover.Bench.Plots;

/// <summary>All rounds that reports hold of one prover, profile and size on one machine.</summary>
/// <param name="Series">Machine, prover and profile.</param>
/// <param name="LogSize">log₂ of the domain.</param>
/// <param name="Constraints">Rows of the circuit.</param>
/// <param name="Seconds">The rounds' median.</param>
/// <param name="Stages">Each stage at its quickest, in the order of a proof; may be empty.</param>
internal sealed record MeasuredProof(
    ProofSeries Series, int LogSize, int Constraints, double Seconds, IReadOnlyList<StageTime> Stages)
{
    /// <summary>The reports' proofs, by profile, size and then prover.</summary>
    public static IReadOnlyList<MeasuredProof> Of(IReadOnlyList<BenchReport> reports) =>
    [
        .. reports
            .SelectMany(report => report.Proofs.Select(proof => (Series: ProofSeries.Of(report.Machine, proof), Proof: proof)))
            .GroupBy(one => (one.Series, one.Proof.LogSize, one.Proof.Constraints), one => one.Proof)
            .Select(same => new MeasuredProof(
                same.Key.Series, same.Key.LogSize, same.Key.Constraints, Median(same.SelectMany(proof => proof.Seconds)), Quickest(same)))
            .OrderBy(one => one.Series.ProfileOrder)
            .ThenBy(one => one.Series.Profile, StringComparer.Ordinal)
            .ThenBy(one => one.Constraints)
            .ThenBy(one => one.Series.ProverOrder)
            .ThenBy(one => one.Series.Prover, StringComparer.Ordinal),
    ];

    /// <summary>The middle value, or the mean of the middle two; 0 of none.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static StageTime[] Quickest(IEnumerable<ProofTimes> proofs) =>
    [
        .. proofs.SelectMany(proof => proof.Stages)
            .GroupBy(stage => stage.Name)
            .Select(same => new StageTime(same.Key, same.Min(stage => stage.Seconds))),
    ];
}

/// <summary>What one line of a figure joins: sizes of one profile by one prover on one machine.</summary>
internal sealed record ProofSeries(string Processor, int Cores, string Prover, string Profile)
{
    private static readonly string[] Provers = ["ifma", "portable", "snarkjs", "reference"];
    private static readonly string[] Profiles = ["dense", "bits", "margin"];

    /// <summary>The prover's place among those known, which chooses its colour; unknown ones come last.</summary>
    public int ProverOrder => PlaceIn(Provers, Prover);

    /// <summary>The profile's place among those known, which chooses its marker; unknown ones come last.</summary>
    public int ProfileOrder => PlaceIn(Profiles, Profile);

    public static ProofSeries Of(Machine machine, ProofTimes proof) =>
        new(machine.Processor, machine.Cores, proof.Prover, proof.Profile);

    private static int PlaceIn(string[] known, string name) =>
        Array.IndexOf(known, name) is >= 0 and var place ? place : known.Length;
}
