using Prover.Language;
using Prover.Primitives;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Compiler.Tests;

public class StateTests
{
    private const int Depth = 3;

    private static readonly string Source = $$"""
        import "{{Repository.PathOf("circuits", "std", "merkle.circuit").Replace('\\', '/')}}"
        struct Account { cash: int[0 .. 999], isOpen: bool }
        rule once(state accounts: tree<{{Depth}}, Account>, private i: int[0 .. 63], public after: field) {
          let old = accounts[i]
          require old.isOpen, "closed"
          require (accounts with { [i]: old with { cash: 7 } }).root == after, "another root"
        }
        rule again(state accounts: tree<{{Depth}}, Account>, private i: int[0 .. 63], public after: field) {
          let old = accounts[i]
          require old.isOpen, "closed"
          let written = accounts with { [i]: old with { cash: 7 } }
          let rewritten = written with { [i]: written[i] with { isOpen: written[i].cash == 7 } }
          require rewritten.root == after and rewritten[i].isOpen, "another root"
        }
        rule read(state accounts: tree<{{Depth}}, Account>, private i: int[0 .. 63]) { require accounts[i].isOpen, "closed" }
        rule twice(state accounts: tree<{{Depth}}, Account>, private i: int[0 .. 63], private j: int[0 .. 63]) {
          require accounts[i].isOpen and accounts[j].isOpen, "closed"
        }
        rule branch(state accounts: tree<{{Depth}}, Account>, private i: int[0 .. 63], private on: bool) {
          if on { require accounts[i].isOpen, "closed" }
          require accounts[i].cash < 9, "rich"
        }
        """;

    [Fact]
    public void A_leaf_that_is_read_and_written_is_shown_once()
    {
        var (once, read, twice) = (Compile("once").R1cs.ConstraintCount, Compile("read").R1cs.ConstraintCount, Compile("twice").R1cs.ConstraintCount);
        var root = twice - read;
        Assert.InRange(root, 10 * Depth, read);
        Assert.InRange(once, read + (root / 2), read + root);
        Assert.InRange(Compile("again").R1cs.ConstraintCount, read, once + 5);
        Assert.Equal(
            ["accounts.root", "after", "i", "accounts.at[0].leaf.cash", "accounts.at[0].leaf.isOpen", "accounts.at[0].path[0][0]"],
            Compile("once").Inputs.Take(6).Select(input => input.Name));
        Assert.Equal(3 + 2 + (3 * Depth), Compile("once").Inputs.Count);
    }

    /// <summary>The roots before and after are those of the tree that the native code keeps, whatever the index; anything forged is refused.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(27)]
    [InlineData(62)]
    [InlineData(63)]
    public void Roots_are_those_of_the_native_tree(int index)
    {
        var circuit = Compile("once");
        var tree = new SparseMerkleTree(Depth, Poseidon.Chain([Fr.Zero, Fr.Zero]));
        for (var i = 0; i < 64; i += 3)
        {
            tree[i] = Poseidon.Chain([(Fr)i, Fr.One]);
        }

        tree[index] = Poseidon.Chain([500, Fr.One]);
        var path = string.Join(", ", tree.PathOf(index).Siblings.Select(level => $"[{string.Join(", ", level.Select(sibling => $"\"{sibling}\""))}]"));
        var before = tree.Root;
        tree[index] = Poseidon.Chain([7, Fr.One]);
        var json = $$"""
            { "accounts": { "root": "{{before}}", "at": [{ "leaf": { "cash": 500, "isOpen": true }, "path": [{{path}}] }] }, "i": {{index}}, "after": "{{tree.Root}}" }
            """;

        var leaves = string.Join(", ", Enumerable.Range(0, 22).Select(i => $"\"{3 * i}\": {{ \"cash\": {3 * i}, \"isOpen\": true }}").Where(leaf => !leaf.StartsWith($"\"{index}\"", StringComparison.Ordinal)));
        var byLeaves = $$"""
            { "accounts": { "leaves": { {{leaves}}, "{{index}}": { "cash": 500, "isOpen": true } } }, "i": {{index}}, "after": "{{tree.Root}}" }
            """;

        var inputs = InputReader.Read(circuit, json);
        Assert.Equal(inputs, InputReader.Read(circuit, byLeaves));
        var assignment = circuit.Tape.Solve(inputs).RequireAssignment();
        Assert.Null(circuit.R1cs.FindViolation(assignment));
        Assert.Null(new WireMutation(circuit).FindUnforcedWire(assignment));
        for (var i = 0; i < inputs.Length; i++)
        {
            var forged = inputs.ToArray();
            forged[i] = circuit.Inputs[i].Kind == ValueKind.Boolean ? Fr.One - forged[i] : forged[i] + Fr.One;
            Assert.NotNull(circuit.Tape.Solve(forged).Failure);
            Assert.NotNull(circuit.R1cs.FindViolation(circuit.Tape.SolveUnchecked(forged)));
        }
    }

    [Fact]
    public void Leaves_that_are_not_there_are_refused_by_name()
    {
        var circuit = Compile("read");
        var failure = circuit.Tape.Solve(new Fr[circuit.Inputs.Count]).Failure;
        Assert.Equal("accounts[0] is another leaf", failure?.Message);
    }

    /// <summary>Where a branch is not taken any leaf and path will do in it, but nothing behind it may rely on them.</summary>
    [Theory]
    [InlineData(true, 5, 5, null)]
    [InlineData(false, 5, 5, null)]
    [InlineData(true, 4, 5, "accounts[2] is another leaf")]
    [InlineData(false, 4, 5, null)]
    [InlineData(true, 5, 4, "accounts[2] is another leaf")]
    [InlineData(false, 5, 4, "accounts[2] is another leaf")]
    public void Leaves_shown_in_a_branch_are_shown_again_behind_it(bool on, int inBranch, int behind, string? failure)
    {
        var circuit = Compile("branch");
        var tree = new SparseMerkleTree(Depth, Poseidon.Chain([Fr.Zero, Fr.Zero])) { [2] = Poseidon.Chain([5, Fr.One]) };
        var path = string.Join(", ", tree.PathOf(2).Siblings.Select(level => $"[{string.Join(", ", level.Select(sibling => $"\"{sibling}\""))}]"));
        var leaves = string.Join(", ", new[] { inBranch, behind }.Select(cash => $$"""{ "leaf": { "cash": {{cash}}, "isOpen": true }, "path": [{{path}}] }"""));
        var inputs = InputReader.Read(circuit, $$"""{ "accounts": { "root": "{{tree.Root}}", "at": [{{leaves}}] }, "i": 2, "on": {{(on ? "true" : "false")}} }""");
        Assert.Equal(failure, circuit.Tape.Solve(inputs).Failure?.Message);
        Assert.Equal(failure is null, circuit.R1cs.FindViolation(circuit.Tape.SolveUnchecked(inputs)) is null);
    }

    private static CompiledCircuit Compile(string rule)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("r.circuit", Source), diagnostics);
        var compilation = CircuitCompiler.Compile(program, rule, diagnostics);
        Assert.Equal("", DiagnosticRenderer.Render(compilation.Diagnostics));
        return compilation.Circuit!;
    }
}
