using System.Collections.Concurrent;

namespace Prover.Cli.Tests;

/// <summary>One flipped bit in any byte of a proof, its public inputs, a key or a witness is never called valid, and never crashes the program.</summary>
public sealed class TamperTests(Workplace place) : IClassFixture<Workplace>
{
    private static readonly int[] Refusals = [ExitCode.NegativeVerdict, ExitCode.BadFile, ExitCode.Mismatch];

    [Fact]
    public void Untouched_files_prove_and_verify()
    {
        Assert.Equal(ExitCode.Success, Verify(place.VerifyingKey, place.PublicInputs, place.Proof).Code);
        Assert.Equal(ExitCode.Success, Prove(place.Key, place.Witness, place.PathOf("untouched")).Code);
    }

    [Fact]
    public void Every_byte_of_a_proof_counts() => EachByte(place.Proof, stride: 1, path => Verify(place.VerifyingKey, place.PublicInputs, path));

    [Fact]
    public void Every_byte_of_the_public_inputs_counts() => EachByte(place.PublicInputs, stride: 1, path => Verify(place.VerifyingKey, path, place.Proof));

    [Fact]
    public void Every_byte_of_a_verifying_key_counts() => EachByte(place.VerifyingKey, stride: 4, path => Verify(path, place.PublicInputs, place.Proof));

    [Fact]
    public void Every_byte_of_a_proving_key_counts() => EachByte(place.Key, stride: 41, path => Prove(path, place.Witness, path));

    [Fact]
    public void Every_byte_of_a_witness_counts() => EachByte(place.Witness, stride: 5, path => Prove(place.Key, path, path));

    /// <summary>Flips one random bit of every stride-th byte, from a random one on, each in a file of its own.</summary>
    private void EachByte(string honest, int stride, Func<string, Outcome> run) => Gen.Select(Gen.Int[0, stride - 1], Gen.Int[0, 7]).Sample(
        (first, rotation) =>
        {
            var bytes = File.ReadAllBytes(honest);
            var accepted = new ConcurrentBag<string>();
            var positions = Enumerable.Range(0, bytes.Length).Where(i => i % stride == first);
            Parallel.ForEach(positions, position =>
            {
                var changed = (byte[])bytes.Clone();
                changed[position] ^= (byte)(1 << ((position + rotation) % 8));
                var path = place.PathOf($"tampered-{Guid.NewGuid():N}");
                File.WriteAllBytes(path, changed);
                var outcome = run(path);
                if (!Refusals.Contains(outcome.Code) || outcome.Error.Contains("   at ", StringComparison.Ordinal))
                {
                    accepted.Add($"byte {position}: exit code {outcome.Code} {outcome.Output} {outcome.Error}");
                }

                File.Delete(path);
            });
            Assert.Empty(accepted);
        },
        iter: 1,
        threads: 1);

    private static Outcome Verify(string key, string inputs, string proof) => Outcome.Of("verify", key, inputs, proof);

    private static Outcome Prove(string key, string witness, string name) =>
        Outcome.Of("prove", key, witness, $"{name}.proof.json", $"{name}.public.json", "--device", "cpu");
}
