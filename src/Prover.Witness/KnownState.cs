using System.Collections.Immutable;
using System.Numerics;
using Prover.Primitives;

namespace Prover.Witness;

/// <summary>A version of a state whose leaves are known.</summary>
/// <param name="Tree">Whose.</param>
/// <param name="Leaves">The words of the leaves that were given or written; the words of all others are 0.</param>
/// <param name="Hashes">The Merkle tree over them.</param>
public sealed record KnownState(StateTree Tree, ImmutableDictionary<long, Fr[]> Leaves, ImmutableMerkleTree Hashes)
{
    /// <summary>The state of given leaves.</summary>
    public static KnownState Of(StateTree tree, IReadOnlyDictionary<long, Fr[]> leaves) => new(
        tree,
        leaves.ToImmutableDictionary(),
        ImmutableMerkleTree.Empty(tree.Depth, Poseidon.Chain(new Fr[tree.Leaf.Count])).With([.. leaves.AsParallel().Select(leaf => (leaf.Key, Poseidon.Chain(leaf.Value)))]));

    /// <summary>The state of its first leaves.</summary>
    public static KnownState Of(StateTree tree, IReadOnlyList<Fr[]> leaves) => Of(tree, leaves.Index().ToDictionary(leaf => (long)leaf.Index, leaf => leaf.Item));

    /// <summary>The words of a leaf.</summary>
    public Fr[] this[long index] => Leaves.GetValueOrDefault(index) ?? new Fr[Tree.Leaf.Count];

    /// <summary>The number that a value is, if there is a leaf of that number.</summary>
    public long? IndexOf(in Fr value) =>
        value.ToInteger() is var index && index < Hashes.Capacity ? (long)index : null;

    /// <summary>The version with another leaf.</summary>
    public KnownState With(long index, Fr[] words) => this with { Leaves = Leaves.SetItem(index, words), Hashes = Hashes.With((index, Poseidon.Chain(words))) };
}
