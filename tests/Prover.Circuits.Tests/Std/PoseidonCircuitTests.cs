using Prover.Testing;

namespace Prover.Circuits.Tests;

public class PoseidonCircuitTests
{
    private const int LeastInputs = 1;
    private const int MostInputs = 16;

    /// <summary>Poseidon of t = 2 … 17 elements, one digest of circomlibjs each.</summary>
    [Fact]
    public void Agrees_with_circomlibjs_at_every_width() => FieldGenerators.Scalars.Array[MostInputs].Sample(
        inputs =>
        {
            const string Script = """
                const poseidon = await buildPoseidon();
                for (let n = 1; n <= args.length; n++) print(poseidon.F.toObject(poseidon(args.slice(0, n).map(BigInt))));
                """;
            var digests = Circomlibjs.Run(Script, inputs.Select(input => input.ToInteger()));
            for (var n = LeastInputs; n <= MostInputs; n++)
            {
                var rule = StdRule.Compile("poseidon", $"poseidon_test<{n}>");
                var digest = Fr.FromInteger(digests[n - LeastInputs][0]);
                var given = StdRule.Text(inputs.Take(n));
                Assert.True(rule.Accepts(new { inputs = given, digest = digest.ToString() }), $"{n} inputs");
                Assert.False(rule.Accepts(new { inputs = given, digest = (digest + Fr.One).ToString() }), $"{n} inputs, another digest");
            }
        },
        iter: 1,
        threads: 1);
}
