using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Prover.Witness;

/// <summary>Reads a state's leaves from JSON: an array of the first, or an object of some by their indices. All others are zeros.</summary>
internal static class StateReader
{
    /// <summary>The member that holds the leaves; root and paths are then computed.</summary>
    private const string Leaves = "leaves";

    /// <summary>For each state its tree, or null if the JSON gives no leaves of it.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="root">Its inputs.</param>
    /// <exception cref="InputException">Leaves do not fit their tree or their type, or stand beside what is computed from them.</exception>
    public static KnownState?[] Read(CompiledCircuit circuit, JsonElement root) => [.. circuit.States.Trees.Select(tree => Read(tree, root))];

    private static KnownState? Read(StateTree tree, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(tree.Name, out var state))
        {
            return null;
        }

        if (state.ValueKind != JsonValueKind.Object || !state.EnumerateObject().Any())
        {
            throw new InputException($"input {tree.Name}: expected an object with {Leaves}, or with root and at, got {InputReader.Show(state)}");
        }

        if (!state.TryGetProperty(Leaves, out var leaves))
        {
            return null;
        }

        foreach (var other in state.EnumerateObject().Where(property => property.Name != Leaves))
        {
            throw new InputException(other.Name is "root" or "at"
                ? $"input {tree.Name}: {Leaves} and {other.Name} are both given; either {Leaves}, from which root and paths are computed, or root and at"
                : $"input {tree.Name}.{other.Name}: there is no such input; expected {Leaves}");
        }

        return KnownState.Of(tree, ReadLeaves(tree, leaves));
    }

    private static Dictionary<long, Fr[]> ReadLeaves(StateTree tree, JsonElement leaves)
    {
        var path = $"{tree.Name}.{Leaves}";
        var capacity = 1L << (2 * tree.Depth);
        var read = new Dictionary<long, Fr[]>();
        var shape = InputTree.Of(tree.Leaf);
        switch (leaves.ValueKind)
        {
            case JsonValueKind.Array when leaves.GetArrayLength() is var count && count > capacity:
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"input {path}: {count:N0} leaves, the tree has {capacity:N0}"));
            case JsonValueKind.Array:
                foreach (var leaf in leaves.EnumerateArray())
                {
                    Add(read.Count, leaf);
                }

                return read;
            case JsonValueKind.Object:
                foreach (var leaf in leaves.EnumerateObject())
                {
                    Add(Index(leaf.Name), leaf.Value);
                }

                return read;
            default:
                throw new InputException($"input {path}: expected an array of the first leaves or an object of leaves by index, got {InputReader.Show(leaves)}");
        }

        void Add(long index, JsonElement leaf)
        {
            var words = new Fr[tree.Leaf.Count];
            InputReader.Fill(shape, leaf, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), tree.Leaf, words);
            read.Add(index, words);
        }

        // One way to write an index, so that no leaf can be given twice.
        long Index(string name) =>
            name.Length > 0 && name.All(char.IsAsciiDigit) && (name[0] != '0' || name.Length == 1) && name.Length < 40
                && BigInteger.Parse(name, CultureInfo.InvariantCulture) is var index && index < capacity
                ? (long)index
                : throw new InputException(string.Create(
                    CultureInfo.InvariantCulture, $"input {path}: no leaf has the index \"{(name.Length > 40 ? $"{name[..40]}…" : name)}\"; expected 0 to {capacity - 1}, without leading zeros"));
    }
}
