using Prover.Compiler;
using Prover.Language;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Formats.Tests;

/// <summary>What a circuit does to its states is in its file, and fits the rest of it.</summary>
public class StateArtefactTests
{
    private static readonly CompiledCircuit Circuit = Compile();

    [Fact]
    public void Steps_are_read_as_they_were_written()
    {
        var read = CircuitArtefact.Deserialize(CircuitArtefact.Serialize(Circuit), "circuit");
        Assert.Equal(["s", "t"], read.States.Trees.Select(tree => tree.Name));
        Assert.Equal(Circuit.States.Trees[0].Leaf, read.States.Trees[0].Leaf);
        Assert.Equal(Circuit.States.Steps.Select(StateStepWords.Of), read.States.Steps.Select(StateStepWords.Of));
        Assert.Equal([typeof(LeafShown), typeof(LeafWritten), typeof(VersionChosen), typeof(LeafShown)], read.States.Steps.Select(step => step.GetType()));
        Assert.Equal(CircuitArtefact.Serialize(Circuit), CircuitArtefact.Serialize(read));
        const string Json = """{ "s": { "leaves": [[1, 2]] }, "t": { "leaves": [3] }, "i": 0, "c": true }""";
        Assert.Equal(InputReader.Read(Circuit, Json), InputReader.Read(read, Json));
    }

    [Theory]
    [InlineData(0, 1, 2, "states: version 2 of 2")]
    [InlineData(0, 1, -1, "states: version -1 of 2")]
    [InlineData(0, 2, 1_000_000, "states: unknown operand 1000000")]
    [InlineData(0, 3, -1, "states: unknown operand -1")]
    [InlineData(0, 4, 0, "states: other inputs stand where a leaf of s is shown")]
    [InlineData(0, 4, int.MaxValue, "states: a leaf of s is input 2,147,483,647 of")]
    [InlineData(1, 1, 1, "states: a leaf of t has 1 words, not 2")]
    [InlineData(1, 3, -7, "states: unknown operand -7")]
    [InlineData(2, 1, 1_000_000, "states: unknown operand 1000000")]
    [InlineData(2, 2, 1, "states: a choice between different trees")]
    [InlineData(2, 3, 3, "states: version 3 of 3")]
    [InlineData(2, 0, 3, "step 2 is of no kind")]
    public void Steps_that_do_not_fit_are_refused(int step, int word, int value, string message)
    {
        var words = StateStepWords.Of(Circuit.States.Steps[step]);
        words[word] = value;
        var changed = StateStepWords.Read(words) is { } other
            ? CircuitArtefact.Serialize(Circuit with { States = Circuit.States with { Steps = [.. Circuit.States.Steps.Take(step), other, .. Circuit.States.Steps.Skip(step + 1)] } })
            : WithUnknownStep(step);
        Assert.Contains(message, Assert.Throws<MalformedFileException>(() => CircuitArtefact.Deserialize(changed, "circuit")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_that_do_not_fit_are_refused()
    {
        var tree = Circuit.States.Trees[0];
        foreach (var (other, message) in new[]
        {
            (tree with { Depth = 0 }, "a tree of depth 0"),
            (tree with { Depth = 31 }, "a tree of depth 31"),
            (tree with { Depth = 2 }, "other inputs stand where a leaf of s is shown"),
            (tree with { Root = 1 }, "the root of s is t.root"),
            (tree with { Root = -1 }, "the root of s is input -1 of"),
            (tree with { Name = "t" }, "two states have one name"),
            (tree with { Leaf = [tree.Leaf[0], tree.Leaf[1] with { High = 8 }] }, "hash: "),
        })
        {
            var bytes = CircuitArtefact.Serialize(Circuit with { States = Circuit.States with { Trees = [other, Circuit.States.Trees[1]] } });
            Assert.Contains(message, Assert.Throws<MalformedFileException>(() => CircuitArtefact.Deserialize(bytes, "circuit")).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The bytes with another kind of step: its words are the last that begin like this.</summary>
    private static byte[] WithUnknownStep(int step)
    {
        var bytes = CircuitArtefact.Serialize(Circuit);
        var words = StateStepWords.Of(Circuit.States.Steps[step]).SelectMany(BitConverter.GetBytes).ToArray();
        bytes[bytes.AsSpan().LastIndexOf(words)] = 3;
        return bytes;
    }

    private static CompiledCircuit Compile()
    {
        var text = $$"""
            import "{{Repository.PathOf("circuits", "std", "merkle.circuit").Replace('\\', '/')}}"
            rule r(state s: tree<1, [int[0 .. 9]; 2]>, state t: tree<1, field>, private i: int[0 .. 3], private c: bool) {
              let old = s[i]
              let other = if c { s with { [i]: [old[1], old[0]] } } else { s }
              require other.root != t[i], "equal"
            }
            """;
        List<Diagnostic> diagnostics = [];
        var compilation = CircuitCompiler.Compile(CircuitProgram.Parse(new("r.circuit", text), diagnostics), null, diagnostics);
        Assert.Equal("", DiagnosticRenderer.Render(compilation.Diagnostics));
        return compilation.Circuit!;
    }
}
