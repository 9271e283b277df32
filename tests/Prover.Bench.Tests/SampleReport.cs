namespace Prover.Bench.Tests;

/// <summary>Reports with numbers like those of real runs.</summary>
internal static class SampleReport
{
    private static readonly (string Name, double Share)[] Stages =
    [
        ("rows", .04), ("transforms", .16), ("products h", .26), ("products a", .12), ("products b1", .11), ("products b2", .21),
        ("products c", .10),
    ];

    public static Machine Machine { get; } = new("Sample Processor 9000", 16, 64L << 30, "Linux 6.1", ".NET 10.0.0");

    /// <summary>One proof.</summary>
    public static BenchReport Single { get; } = With([Proof("dense", 14, "ifma", 1.5e-6)]);

    /// <summary>Four provers, three profiles, four sizes.</summary>
    public static BenchReport Full { get; } = With(
    [
        .. from profile in new[] { ("dense", 1.0), ("bits", .55), ("margin", .75) }
           from logSize in new[] { 14, 16, 18, 20 }
           from prover in new[] { ("ifma", 1.5e-6), ("portable", 4.1e-6), ("snarkjs", 34e-6), ("reference", 120e-6) }
           select Proof(profile.Item1, logSize, prover.Item1, prover.Item2 * profile.Item2),
    ]);

    public static BenchReport With(IReadOnlyList<ProofTimes> proofs) =>
        new(Machine, "2026-01-31T09:30:00Z", "0.1.0", "prover bench --sizes 14,16 --what 'it takes'",
            [new("ifma", 4.25, 210.5, 611, 9), new("portable", 15.5, 640, 1_900, 31)], proofs);

    private static ProofTimes Proof(string profile, int logSize, string prover, double secondsPerConstraint)
    {
        var constraints = (1 << logSize) - 100;
        var seconds = .004 + (secondsPerConstraint * constraints);
        StageTime[] stages = prover == "snarkjs" ? [] : [.. Stages.Select(stage => new StageTime(stage.Name, stage.Share * seconds))];
        return new(
            profile, logSize, constraints, constraints + 5, 3L * constraints, prover, [seconds, seconds * 1.03, seconds * .99], [seconds * 1.4],
            seconds * 11.5, stages, 900L * constraints, prover == "snarkjs" ? 0 : 700L * constraints);
    }
}
