using Prover.Constraints;
using Prover.Witness;

namespace Prover.Cli;

/// <summary>What people want to know of a circuit.</summary>
internal static class CircuitReport
{
    /// <summary>Of a compiled rule.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="path">The artefact.</param>
    /// <param name="circuit">What is in it.</param>
    /// <param name="isCompiledHere">Whether this process compiled it, and so proved that the inputs determine every wire; a file may come from anywhere.</param>
    public static void Write(Terminal terminal, string path, CompiledCircuit circuit, bool isCompiledHere = false) => terminal.WriteReport(
        path,
        new
        {
            path,
            kind = "compiled",
            rule = circuit.Name,
            hash = circuit.Hash,
            constraints = circuit.R1cs.ConstraintCount,
            wires = circuit.R1cs.WireCount,
            publicInputs = circuit.R1cs.PublicInputCount,
            privateInputs = circuit.R1cs.PrivateInputCount,
            nonZeros = TermCount(circuit.R1cs),
            tapeInstructions = circuit.Tape.Instructions.Length,
            digestOf = HashedIn(circuit),
            uniqueness = isCompiledHere ? "proved" : null,
            states = circuit.States.Trees.Select(tree => new { tree.Name, tree.Depth, leaf = tree.Leaf.Select(word => word.Name), shown = ShownCount(circuit, tree) }),
        },
        [
            ("kind", "compiled circuit"),
            ("rule", circuit.Name),
            ("hash", circuit.Hash),
            ("constraints", $"{circuit.R1cs.ConstraintCount:N0}"),
            ("wires", $"{circuit.R1cs.WireCount:N0}"),
            ("public inputs", $"{circuit.R1cs.PublicInputCount:N0}"),
            ("private inputs", $"{circuit.R1cs.PrivateInputCount:N0}"),
            ("non-zero entries", $"{TermCount(circuit.R1cs):N0}"),
            ("witness program", $"{circuit.Tape.Instructions.Length:N0} instructions"),
            .. isCompiledHere ? [("uniqueness", "proved: the inputs determine every wire")] : Array.Empty<(string, string)>(),
            .. HashedIn(circuit) is { Length: > 0 } hashed ? [(InputDigest.Name, $"public; the hash of {HashedCount(circuit):N0} inputs: {string.Join(", ", hashed)}")] : Array.Empty<(string, string)>(),
            .. circuit.States.Trees.Select(tree => ($"state {tree.Name}", $"depth {tree.Depth}; words of a leaf: {tree.Leaf.Count:N0}; leaves shown: {ShownCount(circuit, tree):N0}")),
        ]);

    /// <summary>Of a bare constraint system.</summary>
    public static void Write(Terminal terminal, string path, R1cs circuit) => terminal.WriteReport(
        path,
        new
        {
            path,
            kind = "r1cs",
            constraints = circuit.ConstraintCount,
            wires = circuit.WireCount,
            publicOutputs = circuit.PublicOutputCount,
            publicInputs = circuit.PublicInputCount,
            privateInputs = circuit.PrivateInputCount,
            nonZeros = TermCount(circuit),
        },
        [
            ("kind", "constraint system (iden3 .r1cs) over BN254's scalar field"),
            ("constraints", $"{circuit.ConstraintCount:N0}"),
            ("wires", $"{circuit.WireCount:N0}"),
            ("public outputs", $"{circuit.PublicOutputCount:N0}"),
            ("public inputs", $"{circuit.PublicInputCount:N0}"),
            ("private inputs", $"{circuit.PrivateInputCount:N0}"),
            ("non-zero entries", $"{TermCount(circuit):N0}"),
        ]);

    /// <summary>The parameters of which the verifier sees the digest alone.</summary>
    private static string[] HashedIn(CompiledCircuit circuit) =>
        [.. circuit.Inputs.Where(input => input.Origin == InputOrigin.Hashed).Select(input => input.Name.Split('.', '[')[0]).Distinct(StringComparer.Ordinal)];

    private static int HashedCount(CompiledCircuit circuit) => circuit.Inputs.Count(input => input.Origin == InputOrigin.Hashed);

    /// <summary>How many leaves of a tree are inputs.</summary>
    private static int ShownCount(CompiledCircuit circuit, StateTree tree) =>
        circuit.States.Steps.OfType<LeafShown>().Count(shown => circuit.Inputs[shown.FirstInput].Name.StartsWith($"{tree.Name}.at[", StringComparison.Ordinal));

    private static long TermCount(R1cs circuit) => (long)circuit.A.TermCount + circuit.B.TermCount + circuit.C.TermCount;
}
