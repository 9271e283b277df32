using System.Collections.Immutable;
using System.Globalization;
using Prover.Primitives;

namespace Prover.Compiler;

/// <summary>Supplies the inputs that a test leaves unsaid: the leaves that its rule reads and writes, and their paths.</summary>
/// <param name="inputs">The test's inputs, to which they are added.</param>
/// <param name="leaves">The words of the first leaves of each state, by the name of its parameter; all others are zeros.</param>
internal sealed class TreeOracle(Dictionary<string, Fr> inputs, IReadOnlyDictionary<string, Fr[][]> leaves)
{
    /// <summary>The tree with which a test begins.</summary>
    public KnownTree Begin(TreeState state) => KnownTree.Of(state.Type, leaves[state.Parameter.Name]);

    /// <summary>Adds the inputs of an access.</summary>
    /// <param name="prefix">What their names begin with.</param>
    /// <param name="names">The names of the leaf's scalars.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="index">The leaf's index.</param>
    public void Supply(string prefix, IReadOnlyList<string> names, KnownTree tree, long index)
    {
        var words = tree[index];
        for (var i = 0; i < words.Length; i++)
        {
            inputs[names[i]] = words[i];
        }

        var siblings = tree.PathOf(index).Siblings;
        for (var level = 0; level < siblings.Length; level++)
        {
            for (var i = 0; i < siblings[level].Length; i++)
            {
                inputs[string.Create(CultureInfo.InvariantCulture, $"{prefix}.path[{level}][{i}]")] = siblings[level][i];
            }
        }
    }
}

/// <summary>A tree whose leaves are known.</summary>
/// <param name="Depth">Levels above the leaves.</param>
/// <param name="Width">Words of a leaf.</param>
/// <param name="Leaves">The words of the leaves that are not zeros.</param>
internal sealed record KnownTree(int Depth, int Width, ImmutableDictionary<long, Fr[]> Leaves)
{
    /// <summary>The words of a leaf.</summary>
    public Fr[] this[long index] => Leaves.GetValueOrDefault(index) ?? new Fr[Width];

    /// <summary>The tree of its first leaves.</summary>
    public static KnownTree Of(TreeType type, IReadOnlyList<Fr[]> leaves) => new(
        type.Depth, (int)type.Leaf.Size, leaves.Select((words, i) => KeyValuePair.Create((long)i, words)).ToImmutableDictionary());

    /// <summary>The tree with another leaf.</summary>
    public KnownTree With(long index, Fr[] words) => this with { Leaves = Leaves.SetItem(index, words) };

    public Fr Root => Build().Root;

    public MerklePath PathOf(long index) => Build().PathOf(index);

    private SparseMerkleTree Build()
    {
        var tree = new SparseMerkleTree(Depth, Poseidon.Chain(new Fr[Width]));
        foreach (var (index, words) in Leaves)
        {
            tree[index] = Poseidon.Chain(words);
        }

        return tree;
    }
}
