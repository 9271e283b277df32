using Prover.Language;
using Prover.Primitives;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Compiler.Tests;

public class HashedParameterTests
{
    private static readonly string Source = $$"""
        import "{{Repository.PathOf("circuits", "std", "poseidon.circuit").Replace('\\', '/')}}"
        rule r<N>(public low: int[0 .. 9], private x: int[0 .. 9], public hashed words: [dec(2)[-2^40 .. 2^40]; N], public high: int[0 .. 9], public hashed last: field) {
          require low <= x and x <= high, "x"
        }
        """;

    /// <summary>Lengths around the fifteen words of a block.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(29)]
    [InlineData(30)]
    public void One_public_input_stands_for_all_that_are_hashed(int length)
    {
        var circuit = Compile(length);
        Assert.Equal(["low", "digest", "high"], circuit.Inputs.Where(input => input.IsPublic).Select(input => input.Name));
        Assert.Equal(3, circuit.R1cs.PublicInputCount);

        Fr[] words = [.. Enumerable.Range(0, length).Select(i => (Fr)(i - 7)), -(Fr)5];
        var digest = Poseidon.Chain(words);
        Fr[] inputs = [1, digest, 9, 4, .. words];
        Assert.Equal(digest, InputDigest.Of(circuit.Inputs, inputs));
        var assignment = circuit.Tape.Solve(inputs).RequireAssignment();
        Assert.Null(circuit.R1cs.FindViolation(assignment));
        Assert.Null(new WireMutation(circuit).FindUnforcedWire(assignment));

        // Whatever word is another one, the digest is another one, for the tape as for the constraints.
        for (var i = 4; i < inputs.Length; i++)
        {
            var forged = inputs.ToArray();
            forged[i] += Fr.One;
            Assert.Equal($"the hashed parameters have another digest, {Poseidon.Chain(forged.AsSpan(4))}", circuit.Tape.Solve(forged).Failure?.Message);
            Assert.NotNull(circuit.R1cs.FindViolation(circuit.Tape.SolveUnchecked(forged)));
        }
    }

    [Fact]
    public void A_chain_hashes_blocks_behind_the_digest_so_far()
    {
        Fr[] words = [.. Enumerable.Range(1, 17).Select(i => (Fr)i)];
        var first = Poseidon.Hash([Fr.Zero, .. words.AsSpan(0, 15)]);
        Assert.Equal(first, Poseidon.Chain(words.AsSpan(0, 15)));
        Assert.Equal(Poseidon.Hash([first, 16, 17, .. new Fr[13]]), Poseidon.Chain(words));
        Assert.Equal(Fr.Zero, Poseidon.Chain([]));
    }

    private static CompiledCircuit Compile(int length)
    {
        List<Diagnostic> diagnostics = [];
        var program = CircuitProgram.Parse(new("r.circuit", Source), diagnostics);
        var compilation = CircuitCompiler.Compile(program, $"r<{length}>", diagnostics);
        Assert.Equal("", DiagnosticRenderer.Render(compilation.Diagnostics));
        return compilation.Circuit!;
    }
}
