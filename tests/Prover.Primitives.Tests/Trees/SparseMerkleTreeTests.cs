using Prover.Testing;

namespace Prover.Primitives.Tests;

public class SparseMerkleTreeTests
{
    private const int Depth = 3;
    private static readonly Fr Empty = 5;
    private static readonly Gen<(int Index, Fr Leaf)[]> Leaves = Gen.Select(Gen.Int[0, 63], FieldGenerators.Scalars).Array[1, 12];

    /// <summary>All 64 leaves hashed level by level with circomlibjs.</summary>
    [Fact]
    public void Has_the_root_of_circomlibjs() => Leaves.Sample(
        leaves =>
        {
            const string Script = """
                const poseidon = await buildPoseidon();
                let level = args.map(BigInt);
                while (level.length > 1) level = [...Array(level.length / 4)].map((_, i) => poseidon.F.toObject(poseidon(level.slice(4 * i, 4 * i + 4))));
                print(level[0]);
                """;
            var tree = Build(leaves);
            var all = Enumerable.Range(0, 64).Select(index => tree[index].ToInteger());
            Assert.Equal(Circomlibjs.Run(Script, all)[0][0], tree.Root.ToInteger());
        },
        iter: 1,
        threads: 1);

    [Fact]
    public void A_path_leads_to_the_root_from_its_leaf_only() => Gen.Select(Leaves, Gen.Int[0, 63]).Sample(
        (leaves, index) =>
        {
            var tree = Build(leaves);
            var path = tree.PathOf(index);
            Assert.Equal(tree.Root, path.RootOf(index, tree[index]));
            Assert.NotEqual(tree.Root, path.RootOf(index, tree[index] + Fr.One));
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void A_path_gives_the_root_after_a_change() => Gen.Select(Leaves, Gen.Int[0, 63], FieldGenerators.Scalars).Sample(
        (leaves, index, leaf) =>
        {
            var tree = Build(leaves);
            var path = tree.PathOf(index);
            tree[index] = leaf;
            Assert.Equal(path.RootOf(index, leaf), tree.Root);
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void Many_leaves_at_once_make_the_tree_that_they_make_one_by_one() => Gen.Select(Leaves, Leaves, Gen.Int[0, 63]).Sample(
        (before, leaves, index) =>
        {
            var (tree, expected) = (Build(before), Build([.. before, .. leaves]));
            tree.Set([.. leaves.Select(leaf => KeyValuePair.Create((long)leaf.Index, leaf.Leaf))]);
            Assert.Equal(expected.Root, tree.Root);
            Assert.Equal(expected[index], tree[index]);
            Assert.Equal(tree.Root, tree.PathOf(index).RootOf(index, tree[index]));
            tree[index] += Fr.One;
            expected[index] += Fr.One;
            Assert.Equal(expected.Root, tree.Root);
        },
        iter: 20,
        threads: 1);

    [Fact]
    public void The_order_of_changes_does_not_matter()
    {
        Assert.Equal(Build([(1, 10), (17, 20), (63, 30)]).Root, Build([(63, 30), (17, 99), (1, 10), (17, 20)]).Root);
        Assert.NotEqual(Build([(1, 10)]).Root, Build([(2, 10)]).Root);
    }

    [Fact]
    public void Taking_a_leaf_back_gives_the_empty_root()
    {
        var tree = Build([(40, 1)]);
        Assert.NotEqual(Build([]).Root, tree.Root);
        tree[40] = Empty;
        Assert.Equal(Build([]).Root, tree.Root);
    }

    [Fact]
    public void A_copy_is_independent()
    {
        var tree = Build([(3, 4)]);
        var (copy, before) = (tree.Clone(), tree.Root);
        copy[3] = 9;
        Assert.Equal(before, tree.Root);
        Assert.NotEqual(before, copy.Root);
    }

    [Fact]
    public void A_million_leaves_cost_what_is_used()
    {
        var tree = new SparseMerkleTree(10, Fr.Zero);
        Assert.Equal(1 << 20, tree.Capacity);
        tree[tree.Capacity - 1] = 7;
        Assert.Equal(tree.Root, tree.PathOf(tree.Capacity - 1).RootOf(tree.Capacity - 1, 7));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(64)]
    public void Leaves_outside_the_tree_do_not_exist(long index)
    {
        var tree = Build([]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree[index]);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree[index] = Fr.One);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.PathOf(index));
    }

    private static SparseMerkleTree Build((int Index, Fr Leaf)[] leaves)
    {
        var tree = new SparseMerkleTree(Depth, Empty);
        foreach (var (index, leaf) in leaves)
        {
            tree[index] = leaf;
        }

        return tree;
    }
}
