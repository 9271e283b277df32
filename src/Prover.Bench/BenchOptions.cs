using Prover.Backends.Cpu;

namespace Prover.Bench;

/// <summary>What to measure.</summary>
/// <param name="Folder">Where keys and witnesses are kept, so that the next run need not make them again.</param>
/// <param name="Rounds">How many times each prover proves; they take turns.</param>
/// <param name="Paths">The CPU paths.</param>
/// <param name="Own">The command of this program, to be timed as a process; null to leave that out.</param>
/// <param name="Snarkjs">snarkjs; null to leave it out.</param>
public sealed record BenchOptions(
    string Folder, int Rounds, IReadOnlyList<CpuPath> Paths, IReadOnlyList<string>? Own, SnarkjsCommand? Snarkjs);
