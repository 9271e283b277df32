using Prover.Witness;

namespace Prover.Formats;

internal sealed partial class CircuitChecker
{
    private const int MaximumTreeDepth = 30;

    /// <summary>Steps name versions that are there, operands of the tape, and inputs of their own tree.</summary>
    private void CheckStates(CompiledCircuit circuit)
    {
        var (trees, steps) = (circuit.States.Trees, circuit.States.Steps);
        Expect(trees.DistinctBy(tree => tree.Name, StringComparer.Ordinal).Count() == trees.Count, "states", $"two states have one name");
        foreach (var tree in trees)
        {
            Expect(tree.Depth is > 0 and <= MaximumTreeDepth, "states", $"a tree of depth {tree.Depth:N0}");
            Expect((uint)tree.Root < (uint)circuit.Inputs.Count, "states", $"the root of {tree.Name} is input {tree.Root:N0} of {circuit.Inputs.Count:N0}");
            Expect(circuit.Inputs[tree.Root].Name == $"{tree.Name}.root", "states", $"the root of {tree.Name} is {circuit.Inputs[tree.Root].Name}");
        }

        List<StateTree> versions = [.. trees];
        foreach (var step in steps)
        {
            switch (step)
            {
                case LeafShown shown:
                    CheckShown(shown, VersionOf(shown.Version), circuit);
                    break;
                case LeafWritten written:
                    var tree = VersionOf(written.Version);
                    CheckRows([written.Index, .. written.Words], circuit.Tape);
                    Expect(written.Words.Count == tree.Leaf.Count, "states", $"a leaf of {tree.Name} has {tree.Leaf.Count:N0} words, not {written.Words.Count:N0}");
                    versions.Add(tree);
                    break;
                case VersionChosen chosen:
                    CheckRows([chosen.Condition], circuit.Tape);
                    Expect(VersionOf(chosen.Then) == VersionOf(chosen.Otherwise), "states", $"a choice between different trees");
                    versions.Add(VersionOf(chosen.Then));
                    break;
            }
        }

        StateTree VersionOf(int version)
        {
            Expect((uint)version < (uint)versions.Count, "states", $"version {version:N0} of {versions.Count:N0}");
            return versions[version];
        }
    }

    private void CheckShown(LeafShown shown, StateTree tree, CompiledCircuit circuit)
    {
        CheckRows([shown.Index, shown.Guard], circuit.Tape);
        Expect(
            shown.FirstInput >= 0 && (long)shown.FirstInput + tree.ShownCount <= circuit.Inputs.Count,
            "states", $"a leaf of {tree.Name} is input {shown.FirstInput:N0} of {circuit.Inputs.Count:N0}");
        Expect(
            circuit.Inputs.Skip(shown.FirstInput).Take(tree.ShownCount).All(input => input.Name.StartsWith($"{tree.Name}.at[", StringComparison.Ordinal)),
            "states", $"other inputs stand where a leaf of {tree.Name} is shown");
    }

    private void CheckRows(ReadOnlySpan<int> rows, WitnessTape tape)
    {
        foreach (var row in rows)
        {
            Expect((uint)row < (uint)tape.Linear.RowCount, "states", $"unknown operand {row}");
        }
    }
}
