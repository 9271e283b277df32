using Prover.Testing;

namespace Prover.Circuits.Tests;

public class MerkleCircuitTests
{
    private const int Depth = 3;
    private const int LeafCount = 64;

    private static readonly StdRule Rule = StdRule.Compile("merkle", $"merkle_test<{Depth}>");

    /// <summary>All leaves hashed level by level with circomlibjs; the siblings of a path are read off its levels. A leaf like its neighbour would lead to the root from there too.</summary>
    [Fact]
    public void Leads_to_the_root_of_circomlibjs() => Gen.Select(FieldGenerators.Scalars.Array[LeafCount], Gen.Int[0, LeafCount - 1]).Where((leaves, index) => leaves[index] != leaves[index ^ 1]).Sample(
        (leaves, index) =>
        {
            const string Script = """
                const poseidon = await buildPoseidon();
                let level = args.map(BigInt);
                for (print(...level); level.length > 1; print(...level))
                    level = [...Array(level.length / 4)].map((_, i) => poseidon.F.toObject(poseidon(level.slice(4 * i, 4 * i + 4))));
                """;
            var levels = Circomlibjs.Run(Script, leaves.Select(leaf => leaf.ToInteger())).Select(line => line.Select(Fr.FromInteger).ToArray()).ToArray();
            var siblings = Enumerable.Range(0, Depth).Select(level => SiblingsOf(levels[level], index >> (2 * level))).ToArray();

            Assert.True(Accepts(leaves[index], index, levels[Depth][0]));
            Assert.False(Accepts(leaves[index], index, levels[Depth][0] + Fr.One));
            Assert.False(Accepts(leaves[index] + Fr.One, index, levels[Depth][0]));
            Assert.False(Accepts(leaves[index], index ^ 1, levels[Depth][0]));
            siblings[Depth - 1] = [.. siblings[Depth - 1].Reverse()];
            Assert.False(Accepts(leaves[index], index, levels[Depth][0]));

            bool Accepts(Fr leaf, int at, Fr root) =>
                Rule.Accepts(new { leaf = leaf.ToString(), index = at, path = new { siblings }, root = root.ToString() });
        },
        iter: 2,
        threads: 1);

    private static string[] SiblingsOf(Fr[] level, int node) =>
        StdRule.Text(Enumerable.Range(node & ~3, 4).Where(position => position != node).Select(position => level[position]));
}
