namespace Prover.Primitives;

/// <summary>The siblings of a leaf, from the leaf's level upwards.</summary>
/// <param name="Siblings">For each level the three other children in the order of their positions.</param>
public sealed record MerklePath(Fr[][] Siblings)
{
    /// <summary>The root that a leaf at an index implies.</summary>
    public Fr RootOf(long index, Fr leaf)
    {
        var node = leaf;
        foreach (var siblings in Siblings)
        {
            node = SparseMerkleTree.HashChildren(node, (int)(index & 3), siblings);
            index >>= 2;
        }

        return node;
    }
}
