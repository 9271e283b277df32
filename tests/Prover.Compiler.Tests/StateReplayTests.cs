using System.Globalization;
using CsCheck;
using Prover.Language;
using Prover.Primitives;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Compiler.Tests;

/// <summary>From the leaves of a state alone everything else that a circuit is shown of it is found.</summary>
public class StateReplayTests
{
    private const int Depth = 2;
    private const int Leaves = 1 << (2 * Depth);
    private const int Rounds = 5;

    /// <summary>
    /// Each round reads a leaf, and the leaf that it points at, which may be the same; in branches within branches it writes both, reads what
    /// it has written, and makes versions that are not chosen.
    /// </summary>
    private static readonly string Source = $$"""
        import "{{Repository.PathOf("circuits", "std", "merkle.circuit").Replace('\\', '/')}}"
        struct Node { value: int[0 .. 999], next: int[0 .. {{Leaves - 1}}] }
        rule walk(state nodes: tree<{{Depth}}, Node>, private start: [int[0 .. {{Leaves - 1}}]; {{Rounds}}], private mode: [int[0 .. 3]; {{Rounds}}], public after: field) {
          let last = fold t = nodes for k in 0..{{Rounds}} {
            let node = t[start[k]]
            let target = t[node.next]
            if mode[k] >= 1 {
              let moved = t with { [node.next]: target with { value: 999 - target.value }, [start[k]]: Node { value: node.value, next: target.next } }
              if mode[k] == 1 { moved } else {
                let again = moved[node.next]
                if mode[k] == 2 { moved with { [again.next]: Node { value: again.value, next: 0 } } } else { t }
              }
            } else { t }
          }
          require last.root == after, "the root is {last.root}"
        }
        rule positive(state s: tree<{{Depth}}, int[1 .. 9]>, private use: bool, private i: int[0 .. 99]) {
          if use { require s[narrow(i, int[0 .. {{Leaves - 1}}], "no leaf {i}")] > 1, "one" }
        }
        rule two(state a: tree<1, bool>, state b: tree<{{Depth}}, [field; 2]>, private i: int[0 .. 3]) {
          require a[i] == (b[i][1] == 7), "not alike"
          require (a with { [i]: false }).root != b.root, "never"
        }
        rule unread(state a: tree<1, bool>, public root: field) { require a.root == root, "another root, {a.root}" }
        rule longer<N>(state a: tree<1, int[0 .. 2^30]>, private i: [int[0 .. 3]; N], public after: field) {
          let last = fold t = a for k in 0..N { t with { [i[k]]: narrow(t[i[k]] + k, int[0 .. 2^30], "too much") } }
          require last.root == after, "{last.root}"
        }
        """;

    private static readonly RuleUnderTest Walk = Compile("walk");

    private static readonly Gen<(int Value, int Next)[]> Nodes = Gen.Select(Gen.Int[0, 999], Gen.Int[0, Leaves - 1]).Array[0, Leaves];

    [Fact]
    public void Interpreter_tape_and_constraints_agree_with_a_native_tree() =>
        Gen.Select(Nodes, Gen.Int[0, Leaves - 1].Array[Rounds], Gen.Int[0, 3].Array[Rounds], Gen.Bool).Sample(
            (nodes, start, mode, isForged) =>
            {
                var after = isForged ? 1 : RootAfterWalk(nodes, start, mode);
                var json = $$"""
                    { "nodes": { "leaves": [{{string.Join(", ", nodes.Select(Show))}}] }, "start": [{{string.Join(", ", start)}}], "mode": [{{string.Join(", ", mode)}}], "after": "{{after}}" }
                    """;
                var (failure, disagreement) = Walk.Run(InputReader.Read(Walk.Circuit, json), changeWires: false);
                Assert.Null(disagreement);
                Assert.Equal(isForged, failure is not null);
                if (isForged)
                {
                    Assert.Equal($"the root is {RootAfterWalk(nodes, start, mode)}", failure!.Message);
                }
            },
            iter: 20,
            threads: 1);

    [Fact]
    public void Leaves_by_index_are_the_same_tree()
    {
        const string Rest = """ "start": [15, 15, 2, 0, 15], "mode": [1, 2, 3, 0, 1], "after": 0 }""";
        var leaf = Show((5, 15));
        var blanks = string.Join(", ", Enumerable.Repeat(Show((0, 0)), Leaves - 1));
        var all = InputReader.ReadWithStates(Walk.Circuit, $$"""{ "nodes": { "leaves": [{{blanks}}, {{leaf}}] }, {{Rest}}""");
        var one = InputReader.ReadWithStates(Walk.Circuit, $$"""{ "nodes": { "leaves": { "15": {{leaf}} } }, {{Rest}}""");
        Assert.Equal(all.Values, one.Values);
        Assert.Equal(all.States, one.States);
        var roots = Assert.Single(one.States);
        Assert.Equal("nodes", roots.Name);
        Assert.Equal(one.Values[0], roots.Before);
        Assert.Contains($"the root is {roots.After}", Walk.Circuit.Tape.Solve(one.Values).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_found_is_accepted_and_forgeries_are_refused_where_they_count()
    {
        (int Value, int Next)[] nodes = [(1, 2), (2, 1), (3, 0)];
        int[] start = [0, 2, 1, 3, 0];
        int[] mode = [1, 1, 1, 1, 1];
        var inputs = InputReader.Read(Walk.Circuit, $$"""
            { "nodes": { "leaves": [{{string.Join(", ", nodes.Select(Show))}}] }, "start": [{{string.Join(", ", start)}}], "mode": [{{string.Join(", ", mode)}}], "after": "{{RootAfterWalk(nodes, start, mode)}}" }
            """);
        Assert.Equal((null, null), Walk.Run(inputs, changeWires: false));
        var steps = Walk.Circuit.States.Steps.OfType<LeafShown>().ToList();
        Assert.Equal(5 * Rounds, steps.Count);
        for (var access = 0; access < steps.Count; access++)
        {
            // Other words and siblings in other rounds, for each of the five leaves of a round.
            var forged = inputs.ToArray();
            forged[steps[access].FirstInput + (access * 3 % Walk.Circuit.States.Trees[0].ShownCount)] += Fr.One;
            var (failure, disagreement) = Walk.Run(forged, changeWires: false);
            Assert.Null(disagreement);

            // The fourth and fifth leaf of a round are shown where mode is 2 or more, so here they do not count.
            Assert.Equal(access % 5 < 3, failure is not null);
        }
    }

    [Theory]
    [InlineData("true", 2, null)]
    [InlineData("true", 0, "one")]
    [InlineData("true", 1, "input s.at[0].leaf = 0 is outside [1 .. 9]")]
    [InlineData("true", 16, "no leaf 16")]
    [InlineData("false", 0, null)]
    [InlineData("false", 1, null)]
    [InlineData("false", 16, null)]
    public void A_leaf_that_nobody_means_need_not_be_there(string use, int index, string? failure)
    {
        var rule = Compile("positive");
        var inputs = InputReader.Read(rule.Circuit, $$"""{ "s": { "leaves": { "0": 1, "2": 2 } }, "use": {{use}}, "i": {{index.ToString(CultureInfo.InvariantCulture)}} }""");
        var (found, disagreement) = rule.Run(inputs, changeWires: false);
        Assert.Null(disagreement);
        Assert.Equal(failure, found?.Message);
    }

    [Fact]
    public void One_state_may_be_given_by_its_leaves_and_another_by_what_is_shown()
    {
        var rule = Compile("two");
        var tree = new SparseMerkleTree(Depth, Poseidon.Chain([Fr.Zero, Fr.Zero]));
        tree[3] = Poseidon.Chain([4, 7]);
        var path = string.Join(", ", tree.PathOf(3).Siblings.Select(level => $"[{string.Join(", ", level.Select(sibling => $"\"{sibling}\""))}]"));
        const string A = """ "leaves": [false, true, false, true] """;
        const string B = """ "leaves": { "3": [4, 7] } """;
        var shown = $$""" "root": "{{tree.Root}}", "at": [{ "leaf": [4, 7], "path": [{{path}}] }] """;
        var both = InputReader.ReadWithStates(rule.Circuit, $$"""{ "a": { {{A}} }, "b": { {{B}} }, "i": 3 }""");
        var one = InputReader.ReadWithStates(rule.Circuit, $$"""{ "a": { {{A}} }, "b": { {{shown}} }, "i": 3 }""");
        Assert.Equal(both.Values, one.Values);
        Assert.Equal(["a", "b"], both.States.Select(state => state.Name));
        Assert.Equal(both.States[1].Before, both.States[1].After);
        Assert.NotEqual(both.States[0].Before, both.States[0].After);
        Assert.Equal(both.States[0], Assert.Single(one.States));
        Assert.Equal((null, null), rule.Run(one.Values, changeWires: true));
        Assert.Equal("not alike", rule.Run(InputReader.Read(rule.Circuit, $$"""{ "a": { {{A}} }, "b": { {{B}} }, "i": 1 }"""), changeWires: false).Failure?.Message);
    }

    [Fact]
    public void A_state_of_which_no_leaf_is_read_has_a_root()
    {
        var rule = Compile("unread");
        var (values, states) = InputReader.ReadWithStates(rule.Circuit, """{ "a": { "leaves": [true] }, "root": 0 }""");
        Assert.Equal(states[0].Before, values[0]);
        values[1] = values[0];
        Assert.Equal((null, null), rule.Run(values, changeWires: true));
    }

    /// <summary>Instructions that operands need are executed once, however many operands need them.</summary>
    [Fact]
    public void Many_accesses_that_depend_on_each_other()
    {
        var rule = Compile("longer", 64);
        var (values, states) = InputReader.ReadWithStates(rule.Circuit, $$"""{ "a": { "leaves": [5] }, "i": [{{string.Join(", ", Enumerable.Range(0, 64).Select(k => k * k % 4))}}], "after": 0 }""");
        var tree = new SparseMerkleTree(1, Poseidon.Chain([Fr.Zero]));
        tree[0] = Poseidon.Chain([5 + Enumerable.Range(0, 64).Where(k => k % 2 == 0).Sum()]);
        tree[1] = Poseidon.Chain([Enumerable.Range(0, 64).Where(k => k % 2 == 1).Sum()]);
        Assert.Equal(tree.Root, states[0].After);
        Assert.Equal($"{tree.Root}", rule.Circuit.Tape.Solve(values).Failure?.Message);
    }

    [Theory]
    [InlineData("""{ "leaves": [true], "root": 4 }""", "input a: leaves and root are both given; either leaves, from which root and paths are computed, or root and at")]
    [InlineData("""{ "at": [], "leaves": [true] }""", "input a: leaves and at are both given")]
    [InlineData("""{ "leaves": [true], "leafs": 4 }""", "input a.leafs: there is no such input; expected leaves")]
    [InlineData("""{ "leaves": [true, true, true, true, true] }""", "input a.leaves: 5 leaves, the tree has 4")]
    [InlineData("""{ "leaves": [true, true, true, 1] }""", "input a.leaves[3]: expected true or false, got 1")]
    [InlineData("""{ "leaves": { "4": true } }""", "input a.leaves: no leaf has the index \"4\"; expected 0 to 3")]
    [InlineData("""{ "leaves": { "-1": true } }""", "input a.leaves: no leaf has the index \"-1\"")]
    [InlineData("""{ "leaves": { "01": true } }""", "input a.leaves: no leaf has the index \"01\"")]
    [InlineData("""{ "leaves": { "": true } }""", "input a.leaves: no leaf has the index \"\"")]
    [InlineData("""{ "leaves": { "1": true, "1": true } }""", "'1' is given twice")]
    [InlineData("""{ "leaves": 4 }""", "input a.leaves: expected an array of the first leaves or an object of leaves by index, got 4")]
    [InlineData("""{ }""", "input a: expected an object with leaves, or with root and at")]
    [InlineData("""[true]""", "input a: expected an object with leaves, or with root and at, got an array of 1")]
    [InlineData("""{ "leaf": 4 }""", "input a.leaf: there is no such input; expected root")]
    public void Leaves_that_do_not_fit_are_refused(string state, string message)
    {
        var rule = Compile("unread");
        Assert.NotEmpty(InputReader.Read(rule.Circuit, """{ "a": { "leaves": { "3": true, "0": false } }, "root": 0 }"""));
        Assert.Contains(message, Assert.Throws<InputException>(() => InputReader.Read(rule.Circuit, $$"""{ "a": {{state}}, "root": 0 }""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "value": 1000, "next": 0 }""", "input nodes.leaves[2].value: expected int in [0 .. 999], got 1000: above the range")]
    [InlineData("""{ "value": 1 }""", "input nodes.leaves[2].next: missing")]
    [InlineData("""{ "value": 1, "next": 0, "previous": 0 }""", "input nodes.leaves[2].previous: there is no such input; expected value, next")]
    [InlineData("7", "input nodes.leaves[2]: expected an object with value, next, got 7")]
    public void Values_of_leaves_are_of_their_types(string leaf, string message)
    {
        const string Rest = """ "start": [0, 0, 0, 0, 0], "mode": [0, 0, 0, 0, 0], "after": 0 }""";
        Assert.NotEmpty(InputReader.Read(Walk.Circuit, $$"""{ "nodes": { "leaves": { "2": {{Show((999, 0))}} } }, {{Rest}}"""));
        Assert.Equal(message, Assert.Throws<InputException>(() => InputReader.Read(Walk.Circuit, $$"""{ "nodes": { "leaves": { "2": {{leaf}} } }, {{Rest}}""")).Message);
    }

    private static string Show((int Value, int Next) node) => $$"""{ "value": {{node.Value}}, "next": {{node.Next}} }""";

    private static Fr RootAfterWalk((int Value, int Next)[] first, int[] start, int[] mode)
    {
        var nodes = new (int Value, int Next)[Leaves];
        first.CopyTo(nodes, 0);
        for (var k = 0; k < Rounds; k++)
        {
            var node = nodes[start[k]];
            var target = nodes[node.Next];
            if (mode[k] is 1 or 2)
            {
                nodes[node.Next] = (999 - target.Value, target.Next);
                nodes[start[k]] = (node.Value, target.Next);
                if (mode[k] == 2)
                {
                    var again = nodes[node.Next];
                    nodes[again.Next] = (again.Value, 0);
                }
            }
        }

        var tree = new SparseMerkleTree(Depth, Poseidon.Chain([Fr.Zero, Fr.Zero]));
        for (var i = 0; i < Leaves; i++)
        {
            tree[i] = Poseidon.Chain([nodes[i].Value, nodes[i].Next]);
        }

        return tree.Root;
    }

    private static RuleUnderTest Compile(string rule, params int[] generics)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("r.circuit", Source), diagnostics);
        Assert.Empty(diagnostics);
        List<bool> decisions = [];
        var instance = new RuleInstance(rule, (RuleDeclaration)program.Find(rule)!, [.. generics]);
        var compilation = CircuitCompiler.CompileRule(program, instance.Rule, instance.Generics, decisions);
        Assert.Equal("", DiagnosticRenderer.Render(compilation.Diagnostics));
        return new(program, instance, compilation.Circuit!, decisions);
    }
}
