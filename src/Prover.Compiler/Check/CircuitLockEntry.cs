using Prover.Witness;

namespace Prover.Compiler;

/// <summary>What is pinned of a circuit.</summary>
/// <param name="File">The circuit file.</param>
/// <param name="Rule">The rule instance, such as "initial_margin&lt;32&gt;".</param>
/// <param name="Hash">The compiled circuit's hash.</param>
/// <param name="Constraints">Rows.</param>
/// <param name="Wires">Wires, the constant one included.</param>
/// <param name="NonZeros">Terms of all three matrices.</param>
public sealed record CircuitLockEntry(string File, string Rule, string Hash, int Constraints, int Wires, int NonZeros)
{
    /// <summary>The entry of a compiled circuit.</summary>
    public static CircuitLockEntry Of(string path, CompiledCircuit circuit) => new(
        path.Replace('\\', '/'),
        circuit.Name,
        circuit.Hash,
        circuit.R1cs.ConstraintCount,
        circuit.R1cs.WireCount,
        circuit.R1cs.A.TermCount + circuit.R1cs.B.TermCount + circuit.R1cs.C.TermCount);
}
