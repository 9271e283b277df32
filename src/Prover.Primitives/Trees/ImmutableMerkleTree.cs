namespace Prover.Primitives;

/// <summary>A version of a <see cref="SparseMerkleTree"/> that stays as it is: changes make another version, which shares with it all that is equal.</summary>
public sealed class ImmutableMerkleTree
{
    private const int Arity = 4;

    /// <summary>What a subtree without any set leaf hashes to, by its height.</summary>
    private readonly Fr[] _empty;
    private readonly Node? _root;

    private ImmutableMerkleTree(Fr[] empty, Node? root) => (_empty, _root) = (empty, root);

    /// <summary>Levels above the leaves.</summary>
    public int Depth => _empty.Length - 1;

    /// <summary>Number of leaves, 4^depth.</summary>
    public long Capacity => 1L << (2 * Depth);

    /// <summary>The root.</summary>
    public Fr Root => _root?.Hash ?? _empty[^1];

    /// <summary>A tree of empty leaves.</summary>
    /// <param name="depth">Levels above the leaves, 1 to 30.</param>
    /// <param name="emptyLeaf">The value of a leaf that was never set.</param>
    public static ImmutableMerkleTree Empty(int depth, Fr emptyLeaf)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 30);
        var empty = new Fr[depth + 1];
        empty[0] = emptyLeaf;
        for (var height = 1; height <= depth; height++)
        {
            var child = empty[height - 1];
            empty[height] = Poseidon.Hash(child, child, child, child);
        }

        return new(empty, null);
    }

    /// <summary>The tree with other leaves. Every node above them is hashed once: one leaf costs depth hashes, a full tree a third of a hash for each leaf.</summary>
    /// <param name="leaves">Their values by their indices; order does not matter, but no index may occur twice.</param>
    /// <exception cref="ArgumentException">An index is not in the tree or occurs twice.</exception>
    public ImmutableMerkleTree With(params ReadOnlySpan<(long Index, Fr Leaf)> leaves)
    {
        var sorted = leaves.ToArray();
        Array.Sort(sorted, (x, y) => x.Index.CompareTo(y.Index));
        for (var i = 0; i < sorted.Length; i++)
        {
            RequireIndex(sorted[i].Index);
            if (i > 0 && sorted[i].Index == sorted[i - 1].Index)
            {
                throw new ArgumentException($"Leaf {sorted[i].Index:N0} is given twice.", nameof(leaves));
            }
        }

        return new(_empty, Change(_root, Depth, sorted));
    }

    /// <summary>The siblings of a leaf.</summary>
    public MerklePath PathOf(long index)
    {
        RequireIndex(index);
        var siblings = new Fr[Depth][];
        var node = _root;
        for (var height = Depth - 1; height >= 0; height--)
        {
            var position = Position(index, height);
            siblings[height] = new Fr[Arity - 1];
            for (var i = 0; i < Arity - 1; i++)
            {
                siblings[height][i] = node?.Children[i < position ? i : i + 1]?.Hash ?? _empty[height];
            }

            node = node?.Children[position];
        }

        return new(siblings);
    }

    /// <summary>A node of a height with other leaves below it, sorted by their indices.</summary>
    private Node? Change(Node? node, int height, ReadOnlySpan<(long Index, Fr Leaf)> leaves)
    {
        if (leaves.IsEmpty)
        {
            return node;
        }

        if (height == 0)
        {
            return new(leaves[0].Leaf, []);
        }

        var children = new Node?[Arity];
        Span<Fr> hashes = stackalloc Fr[Arity];
        for (var position = 0; position < Arity; position++)
        {
            var end = 0;
            while (end < leaves.Length && Position(leaves[end].Index, height - 1) == position)
            {
                end++;
            }

            children[position] = Change(node?.Children[position], height - 1, leaves[..end]);
            hashes[position] = children[position]?.Hash ?? _empty[height - 1];
            leaves = leaves[end..];
        }

        return new(Poseidon.Hash(hashes), children);
    }

    /// <summary>Which child of its parent the node of a height above a leaf is.</summary>
    private static int Position(long index, int height) => (int)(index >> (2 * height)) & (Arity - 1);

    private void RequireIndex(long index)
    {
        if (index < 0 || index >= Capacity)
        {
            throw new ArgumentOutOfRangeException(nameof(index), $"A tree of depth {Depth} has leaves 0 to {Capacity - 1:N0}, not {index:N0}.");
        }
    }

    /// <summary>A leaf, which has no children, or a node above one that was set; children without any such leaf are null.</summary>
    private sealed record Node(Fr Hash, Node?[] Children);
}
