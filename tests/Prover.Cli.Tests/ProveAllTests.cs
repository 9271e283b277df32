using System.Text.Json;
using Prover.Formats;
using Prover.Groth16;

namespace Prover.Cli.Tests;

public sealed class ProveAllTests(Workplace place) : IClassFixture<Workplace>
{
    [Fact]
    public void Every_witness_gets_a_proof_of_its_own_statement()
    {
        var witnesses = Enumerable.Range(1, 5).Select(x => Witness(x, limit: 100 + x)).ToArray();

        var proved = Outcome.Of(["prove-all", place.Key, .. witnesses, "-o", place.PathOf("all"), "--device", "cpu", "--in-flight", "3", "--json"]).Expect(ExitCode.Success);

        Assert.Equal(5, JsonDocument.Parse(proved.Output).RootElement.GetProperty("proved").GetInt32());
        for (var x = 1; x <= 5; x++)
        {
            var (proof, inputs) = (place.PathOf("all", $"x{x}.proof.json"), place.PathOf("all", $"x{x}.public.json"));
            Outcome.Of("verify", place.VerifyingKey, inputs, proof).Expect(ExitCode.Success);
            Assert.Contains($"{100 + x}", File.ReadAllText(inputs), StringComparison.Ordinal);
        }

        // One statement's proof is no proof of another.
        Outcome.Of("verify", place.VerifyingKey, place.PathOf("all", "x1.public.json"), place.PathOf("all", "x2.proof.json")).Expect(ExitCode.NegativeVerdict);
    }

    [Fact]
    public void A_witness_that_cannot_be_proved_does_not_stop_the_others()
    {
        var good = Witness(7, limit: 100);
        var wrong = place.PathOf("wrong.wtns");
        var values = WtnsFile.Read(good);
        values[^1] += Fr.One;
        WtnsFile.Write(wrong, values);

        var proved = Outcome.Of("prove-all", place.Key, wrong, place.PathOf("missing.wtns"), good, "-o", place.PathOf("some"), "--device", "cpu");

        proved.Expect(ExitCode.NegativeVerdict);
        Assert.Contains("missing.wtns: no such file", proved.Error, StringComparison.Ordinal);
        Assert.Contains($"error: {wrong}: the proof does not verify", proved.Error, StringComparison.Ordinal);
        Assert.Contains($"does not satisfy the circuit of {place.Key}", proved.Error, StringComparison.Ordinal);
        Assert.Contains($"3 of 3: ", proved.Error, StringComparison.Ordinal);
        var alone = Outcome.Of("prove", place.Key, wrong, place.PathOf("wrong.json"), place.PathOf("wrong.public.json"), "--device", "cpu").Expect(ExitCode.NegativeVerdict);
        Assert.Contains($"error: {wrong}: the proof does not verify", alone.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(place.PathOf("some", "wrong.proof.json")));
        Outcome.Of("verify", place.VerifyingKey, place.PathOf("some", "x7.public.json"), place.PathOf("some", "x7.proof.json")).Expect(ExitCode.Success);
    }

    [Fact]
    public void Two_witnesses_of_one_name_are_refused()
    {
        var proved = Outcome.Of("prove-all", place.Key, place.PathOf("a", "x.wtns"), place.PathOf("b", "x.wtns"), "-o", place.PathOf("none"));
        proved.Expect(ExitCode.Usage);
        Assert.Contains("would both become x.proof.json", proved.Error, StringComparison.Ordinal);
    }

    private string Witness(int x, int limit)
    {
        var input = place.Write($"input-{x}.json", $$"""{ "limit": {{limit}}, "x": {{x}} }""");
        Outcome.Of("witness", "--circuit", place.PathOf("build"), "--input", input, "-o", place.PathOf($"x{x}.wtns")).Expect(ExitCode.Success);
        return place.PathOf($"x{x}.wtns");
    }
}
