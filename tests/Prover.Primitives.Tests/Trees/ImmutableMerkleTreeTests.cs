using Prover.Testing;

namespace Prover.Primitives.Tests;

public class ImmutableMerkleTreeTests
{
    private const int Depth = 3;
    private static readonly Fr Empty = 5;
    private static readonly Gen<(long Index, Fr Leaf)[]> Leaves =
        Gen.Select(Gen.Long[0, 63], FieldGenerators.Scalars).Array[0, 12].Select(leaves => leaves.DistinctBy(leaf => leaf.Item1).ToArray());

    [Fact]
    public void Is_the_sparse_tree_whether_changed_at_once_or_leaf_by_leaf() => Gen.Select(Leaves, Leaves, Gen.Long[0, 63]).Sample(
        (first, then, index) =>
        {
            var sparse = new SparseMerkleTree(Depth, Empty);
            var single = ImmutableMerkleTree.Empty(Depth, Empty);
            Assert.Equal(sparse.Root, single.Root);
            foreach (var (at, leaf) in first.Concat(then))
            {
                sparse[at] = leaf;
                single = single.With((at, leaf));
            }

            var many = ImmutableMerkleTree.Empty(Depth, Empty).With(first).With(then);
            foreach (var tree in new[] { single, many })
            {
                Assert.Equal(sparse.Root, tree.Root);
                Assert.Equal(sparse.PathOf(index).Siblings, tree.PathOf(index).Siblings);
            }
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void A_version_stays_as_it_is()
    {
        var before = ImmutableMerkleTree.Empty(Depth, Empty).With((3, 4), (60, 1));
        var (root, path) = (before.Root, before.PathOf(2).Siblings);
        var after = before.With((3, 9));
        Assert.Equal(root, before.Root);
        Assert.Equal(path, before.PathOf(2).Siblings);
        Assert.NotEqual(root, after.Root);
        Assert.NotEqual(path, after.PathOf(2).Siblings);
        Assert.Equal(root, after.With((3, 4)).Root);
    }

    [Fact]
    public void The_deepest_tree_has_a_last_leaf()
    {
        var tree = ImmutableMerkleTree.Empty(30, Fr.Zero);
        tree = tree.With((tree.Capacity - 1, 7));
        Assert.Equal(tree.Root, tree.PathOf(tree.Capacity - 1).RootOf(tree.Capacity - 1, 7));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(64)]
    public void Leaves_outside_the_tree_do_not_exist(long index)
    {
        var tree = ImmutableMerkleTree.Empty(Depth, Empty);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.With((index, Fr.One)));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.PathOf(index));
    }

    [Fact]
    public void A_leaf_is_changed_to_one_value_only()
    {
        var tree = ImmutableMerkleTree.Empty(Depth, Empty);
        Assert.NotEqual(tree.Root, tree.With((1, 2), (2, 2)).Root);
        Assert.Throws<ArgumentException>(() => tree.With((1, 2), (2, 2), (1, 2)));
    }
}
