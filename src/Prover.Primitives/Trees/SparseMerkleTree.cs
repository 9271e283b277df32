namespace Prover.Primitives;

/// <summary>A four-ary Merkle tree over Poseidon of which only the leaves that differ from the empty one are stored.</summary>
/// <remarks>A node is the hash of its four children; an index's base-4 digits, least significant first, lead from the leaf to the root.</remarks>
public sealed class SparseMerkleTree
{
    private const int Arity = 4;

    private readonly Fr[] _empty;
    private readonly Dictionary<long, Fr>[] _levels;

    /// <summary>An empty tree.</summary>
    /// <param name="depth">Levels above the leaves; the tree has 4^depth leaves.</param>
    /// <param name="emptyLeaf">The value of a leaf that was never set.</param>
    public SparseMerkleTree(int depth, Fr emptyLeaf)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 30);
        Depth = depth;
        _empty = new Fr[depth + 1];
        _empty[0] = emptyLeaf;
        for (var level = 1; level <= depth; level++)
        {
            var child = _empty[level - 1];
            _empty[level] = Poseidon.Hash(child, child, child, child);
        }

        _levels = [.. Enumerable.Range(0, depth + 1).Select(_ => new Dictionary<long, Fr>())];
    }

    private SparseMerkleTree(SparseMerkleTree other)
    {
        Depth = other.Depth;
        _empty = other._empty;
        _levels = [.. other._levels.Select(level => new Dictionary<long, Fr>(level))];
    }

    /// <summary>Levels above the leaves.</summary>
    public int Depth { get; }

    /// <summary>Number of leaves, 4^depth.</summary>
    public long Capacity => 1L << (2 * Depth);

    /// <summary>The root.</summary>
    public Fr Root => Node(Depth, 0);

    /// <summary>The value of a leaf.</summary>
    public Fr this[long index]
    {
        get
        {
            RequireIndex(index);
            return Node(0, index);
        }

        set
        {
            RequireIndex(index);
            _levels[0][index] = value;
            for (var level = 1; level <= Depth; level++)
            {
                index >>= 2;
                _levels[level][index] = HashOf(level, index);
            }
        }
    }

    /// <summary>Sets many leaves, the last value of each. Every node above them is hashed once, on all processors.</summary>
    public void Set(IReadOnlyCollection<KeyValuePair<long, Fr>> leaves)
    {
        foreach (var (index, leaf) in leaves)
        {
            RequireIndex(index);
            _levels[0][index] = leaf;
        }

        long[] nodes = [.. leaves.Select(leaf => leaf.Key)];
        for (var level = 1; level <= Depth; level++)
        {
            // Nobody writes while all read the level below.
            nodes = [.. nodes.Select(node => node >> 2).Distinct()];
            var (height, above, hashes) = (level, nodes, new Fr[nodes.Length]);
            Parallel.For(0, hashes.Length, i => hashes[i] = HashOf(height, above[i]));
            foreach (var (i, node) in nodes.Index())
            {
                _levels[level][node] = hashes[i];
            }
        }
    }

    /// <summary>The siblings of a leaf.</summary>
    public MerklePath PathOf(long index)
    {
        RequireIndex(index);
        var siblings = new Fr[Depth][];
        for (var level = 0; level < Depth; level++)
        {
            var first = index & ~3L;
            siblings[level] = [.. Enumerable.Range(0, Arity).Where(child => child != (int)(index & 3)).Select(child => Node(level, first + child))];
            index >>= 2;
        }

        return new(siblings);
    }

    /// <summary>An independent copy.</summary>
    public SparseMerkleTree Clone() => new(this);

    /// <summary>The hash of a node's children, one of them given by its position and the three others in order.</summary>
    internal static Fr HashChildren(Fr node, int position, ReadOnlySpan<Fr> siblings)
    {
        Span<Fr> children = stackalloc Fr[Arity];
        siblings[..position].CopyTo(children);
        children[position] = node;
        siblings[position..].CopyTo(children[(position + 1)..]);
        return Poseidon.Hash(children);
    }

    private Fr HashOf(int level, long index)
    {
        var first = index << 2;
        return Poseidon.Hash(Node(level - 1, first), Node(level - 1, first + 1), Node(level - 1, first + 2), Node(level - 1, first + 3));
    }

    private Fr Node(int level, long index) => _levels[level].TryGetValue(index, out var node) ? node : _empty[level];

    private void RequireIndex(long index)
    {
        if (index < 0 || index >= Capacity)
        {
            throw new ArgumentOutOfRangeException(nameof(index), $"A tree of depth {Depth} has leaves 0 to {Capacity - 1:N0}, not {index:N0}.");
        }
    }
}
