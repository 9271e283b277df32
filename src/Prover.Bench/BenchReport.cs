using System.Text.Json.Serialization;

namespace Prover.Bench;

/// <summary>What a run measured; written as JSON, with names in camel case, and drawn by 'bench plot'.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Date">When it began, in ISO 8601.</param>
/// <param name="Version">The program's version, and the commit that it was built from.</param>
/// <param name="Command">What repeats it.</param>
/// <param name="Kernels">The parts of proofs, on one thread.</param>
/// <param name="Proofs">Whole proofs.</param>
/// <param name="Snarkjs">snarkjs's version; absent if it took no part, and in reports of earlier versions.</param>
/// <param name="Node">Node's version; absent likewise.</param>
public sealed record BenchReport(
    Machine Machine,
    string Date,
    string Version,
    string Command,
    IReadOnlyList<KernelTimes> Kernels,
    IReadOnlyList<ProofTimes> Proofs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Snarkjs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Node = null);

/// <summary>The machine.</summary>
/// <param name="Processor">Its processor: name, family and model, and AVX-512 IFMA if it has that.</param>
/// <param name="Cores">Processors that the program may use.</param>
/// <param name="MemoryBytes">Memory that it may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">.NET's version.</param>
public sealed record Machine(string Processor, int Cores, long MemoryBytes, string System, string Runtime);

/// <summary>Nanoseconds of each operation on one thread, the least of several repeats.</summary>
/// <param name="Path">"ifma" or "portable".</param>
/// <param name="Product">A product in Fr, many independent ones in a row.</param>
/// <param name="G1Addition">A point of G1, one of 2¹⁷, added to one of 4,096 lists of 32; sorting, inversions and reading the sums included.</param>
/// <param name="G2Addition">The same in G2.</param>
/// <param name="Butterfly">A butterfly of a transform of 2²⁰ elements.</param>
public sealed record KernelTimes(string Path, double Product, double G1Addition, double G2Addition, double Butterfly);

/// <summary>Proofs of one profile and size by one prover.</summary>
/// <param name="Profile">"dense", "bits" or "margin".</param>
/// <param name="LogSize">log₂ of the domain.</param>
/// <param name="Constraints">Rows of the circuit.</param>
/// <param name="Wires">Wires.</param>
/// <param name="Terms">Coefficients of the matrices A and B that are not zero.</param>
/// <param name="Prover">"ifma", "portable", "reference" or "snarkjs".</param>
/// <param name="Seconds">Each round's time of the call that proves, self-check included, with the key loaded and after a call that is not measured; of snarkjs, which loads it anew, the process's.</param>
/// <param name="ProcessSeconds">Each round's time of a process of its own that reads key and witness, proves and writes; may be empty.</param>
/// <param name="CpuSeconds">Processor time of the quickest such process.</param>
/// <param name="Stages">The stages of a proof, each run alone, in seconds; empty for snarkjs.</param>
/// <param name="PeakPrivateBytes">Private memory at its highest while proving, mapped files not counted.</param>
/// <param name="BytesMoved">Points gathered and passes over polynomials, in bytes; 0 where that is not known.</param>
public sealed record ProofTimes(
    string Profile,
    int LogSize,
    int Constraints,
    int Wires,
    long Terms,
    string Prover,
    IReadOnlyList<double> Seconds,
    IReadOnlyList<double> ProcessSeconds,
    double CpuSeconds,
    IReadOnlyList<StageTime> Stages,
    long PeakPrivateBytes,
    long BytesMoved);

/// <summary>A stage of a proof.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">Its time, the least of the rounds.</param>
public sealed record StageTime(string Name, double Seconds);
