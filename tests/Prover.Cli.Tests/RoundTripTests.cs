using System.Text.Json;
using Prover.Formats;
using Prover.Groth16;
using Prover.Testing;

namespace Prover.Cli.Tests;

public sealed class RoundTripTests(Workplace place) : IClassFixture<Workplace>
{
    [Theory]
    [InlineData("reference")]
    [InlineData("cpu")]
    [InlineData("auto")]
    public void A_proof_of_each_device_verifies(string device)
    {
        var (proof, inputs) = (place.PathOf($"{device}-proof.json"), place.PathOf($"{device}-public.json"));

        var proved = Outcome.Of("prove", place.Key, place.Witness, proof, inputs, "--device", device).Expect(ExitCode.Success);

        Assert.Contains("device ", proved.Error, StringComparison.Ordinal);
        Assert.Contains("valid", Outcome.Of("verify", place.VerifyingKey, inputs, proof).Expect(ExitCode.Success).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gpu_proves_or_the_error_says_what_was_looked_for()
    {
        var (proof, inputs) = (place.PathOf("gpu-proof.json"), place.PathOf("gpu-public.json"));

        var proved = Outcome.Of("prove", place.Key, place.Witness, proof, inputs, "--device", "gpu");

        if (proved.Code == ExitCode.Success)
        {
            Outcome.Of("verify", place.VerifyingKey, inputs, proof).Expect(ExitCode.Success);
        }
        else
        {
            proved.Expect(ExitCode.Usage);
            Assert.Contains("CUDA", proved.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(proof));
        }
    }

    [Fact]
    public void Another_public_input_is_refused()
    {
        var other = place.Write("other-public.json", """["101"]""");

        Outcome.Of("verify", place.VerifyingKey, other, place.Proof).Expect(ExitCode.NegativeVerdict);
        Outcome.Of("verify", place.VerifyingKey, place.PublicInputs, place.Proof).Expect(ExitCode.Success);
    }

    [Fact]
    public void A_key_of_another_circuit_is_a_mismatch()
    {
        var source = place.Write("other.circuit", """rule other(public a: int[0 .. 9], public b: int[0 .. 9]) { require a != b, "same" }""");
        Outcome.Of("compile", source, "-o", place.PathOf("other")).Expect(ExitCode.Success);
        Outcome.Of("setup", "--r1cs", place.PathOf("other", "other.r1cs"), "--insecure-dev", "-o", place.PathOf("other.zkey")).Expect(ExitCode.Success);
        Outcome.Of("key", "export-vk", place.PathOf("other.zkey"), "-o", place.PathOf("other-vk.json")).Expect(ExitCode.Success);

        var proved = Outcome.Of("prove", place.PathOf("other.zkey"), place.Witness, place.PathOf("p.json"), place.PathOf("i.json"), "--device", "cpu");
        var verified = Outcome.Of("verify", place.PathOf("other-vk.json"), place.PublicInputs, place.Proof);

        Assert.Contains("wires", proved.Expect(ExitCode.Mismatch).Error, StringComparison.Ordinal);
        Assert.Contains("expects 2 public inputs", verified.Expect(ExitCode.Mismatch).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_under_which_anyone_can_forge_is_named()
    {
        var key = VerifyingKeyFile.Read(place.VerifyingKey);
        VerifyingKeyFile.Write(place.PathOf("open-vk.json"), key with { Delta2 = key.Gamma2 });

        var open = Outcome.Of("verify", place.PathOf("open-vk.json"), place.PublicInputs, place.Proof, "--json").Expect(ExitCode.NegativeVerdict);
        var closed = Outcome.Of("verify", place.VerifyingKey, place.PublicInputs, place.Proof, "--json").Expect(ExitCode.Success);

        Assert.Contains("anyone can forge", open.Error, StringComparison.Ordinal);
        Assert.True(open.Json.GetProperty("anyoneCanForge").GetBoolean());
        Assert.DoesNotContain("anyone can forge", closed.Error, StringComparison.Ordinal);
        Assert.Contains("development key, so whoever made it can forge", closed.Error, StringComparison.Ordinal);
        Assert.True(closed.Json.GetProperty("developmentKey").GetBoolean());
        Assert.False(closed.Json.GetProperty("anyoneCanForge").GetBoolean());
    }

    [Fact]
    public void A_fresh_key_of_the_same_circuit_does_not_verify()
    {
        Outcome.Of("setup", "--r1cs", place.R1cs, "--insecure-dev", "-o", place.PathOf("fresh.zkey")).Expect(ExitCode.Success);
        Outcome.Of("key", "export-vk", place.PathOf("fresh.zkey"), "-o", place.PathOf("fresh-vk.json")).Expect(ExitCode.Success);

        Outcome.Of("verify", place.PathOf("fresh-vk.json"), place.PublicInputs, place.Proof).Expect(ExitCode.NegativeVerdict);
    }

    [Fact]
    public void A_witness_that_breaks_the_circuit_gives_no_proof()
    {
        // The last wire is the last 32 bytes of a .wtns; one more or less of it breaks the row that made it.
        var bytes = File.ReadAllBytes(place.Witness);
        bytes[^32] ^= 1;
        File.WriteAllBytes(place.PathOf("broken.wtns"), bytes);

        var proved = Outcome.Of("prove", place.Key, place.PathOf("broken.wtns"), place.PathOf("broken.json"), place.PathOf("i.json"), "--device", "cpu");

        proved.Expect(ExitCode.NegativeVerdict);
        Assert.False(File.Exists(place.PathOf("broken.json")));
    }

    [Fact]
    public void Development_keys_are_announced()
    {
        var made = Outcome.Of("setup", "--r1cs", place.R1cs, "--insecure-dev", "-o", place.PathOf("loud.zkey"));

        Assert.Contains("INSECURE", made.Error, StringComparison.Ordinal);
        Assert.True(Outcome.Of("key", "info", place.PathOf("loud.zkey"), "--json").Json.GetProperty("insecure").GetBoolean());
    }

    [Fact]
    public void A_result_never_destroys_another_file_of_the_command()
    {
        var (key, witness) = (File.ReadAllBytes(place.Key), File.ReadAllBytes(place.Witness));

        foreach (var (proof, inputs) in new[] { (place.Witness, place.PathOf("i.json")), (place.PathOf("i.json"), place.Key), (place.PathOf("same"), place.PathOf("same")) })
        {
            Assert.Contains("named twice", Outcome.Of("prove", place.Key, place.Witness, proof, inputs, "--device", "cpu").Expect(ExitCode.Usage).Error, StringComparison.Ordinal);
        }

        Outcome.Of("setup", "--r1cs", place.R1cs, "--insecure-dev", "-o", place.R1cs).Expect(ExitCode.Usage);
        Assert.Equal(key, File.ReadAllBytes(place.Key));
        Assert.Equal(witness, File.ReadAllBytes(place.Witness));
    }

    [Fact]
    public void A_link_to_a_result_stays_a_link()
    {
        var (target, link) = (place.Write("target.json", "old"), place.PathOf("link.json"));
        File.CreateSymbolicLink(link, target);

        Outcome.Of("key", "export-vk", place.Key, "-o", link).Expect(ExitCode.Success);

        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(File.ReadAllText(place.VerifyingKey), File.ReadAllText(target));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(target)!, "*.partial"));
    }

    [Fact]
    public void Failures_are_json_too()
    {
        var failure = Outcome.Of("inspect", "absent.zkey", "--json").Expect(ExitCode.BadFile).Json;

        Assert.Equal(ExitCode.BadFile, failure.GetProperty("exitCode").GetInt32());
        Assert.Contains("absent.zkey", failure.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Outcome.Of("inspect", "--json").Expect(ExitCode.Usage).Json.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public void The_contract_of_a_development_key_says_so()
    {
        var (path, shown) = (place.PathOf("Verifier.sol"), Outcome.Of("key", "export-solidity", place.Key).Expect(ExitCode.Success));

        Assert.Contains("INSECURE", Outcome.Of("key", "export-solidity", place.Key, "-o", path).Expect(ExitCode.Success).Error, StringComparison.Ordinal);
        Assert.Contains("contract Groth16Verifier", shown.Output, StringComparison.Ordinal);
        Assert.Contains("block.chainid", shown.Output, StringComparison.Ordinal);
        Assert.Equal(shown.Output.TrimEnd(), File.ReadAllText(path).TrimEnd());
    }

    [Fact]
    public void A_ceremony_gives_a_key_that_still_needs_a_contribution()
    {
        var (powers, small, key) = (place.PathOf("powers.ptau"), place.PathOf("small.ptau"), place.PathOf("ceremony.zkey"));
        PtauFile.Write(powers, new DevelopmentCeremony(7, new SystemScalarSource()));
        PtauFile.Write(small, new DevelopmentCeremony(2, new SystemScalarSource()));

        Assert.Equal(7, Outcome.Of("inspect", powers, "--json").Expect(ExitCode.Success).Json.GetProperty("power").GetInt32());
        Assert.Contains("contribution", Outcome.Of("setup", "--r1cs", place.R1cs, "--ptau", powers, "-o", key).Expect(ExitCode.Success).Error, StringComparison.Ordinal);
        Assert.Contains("2^2", Outcome.Of("setup", "--r1cs", place.R1cs, "--ptau", small, "-o", key).Expect(ExitCode.Mismatch).Error, StringComparison.Ordinal);
        Outcome.Of("prove", key, place.Witness, place.PathOf("ceremony-proof.json"), place.PathOf("ceremony-public.json"), "--device", "cpu").Expect(ExitCode.Success);
    }

    [Theory]
    [InlineData("key", "info", "KEY")]
    [InlineData("key", "export-vk", "KEY")]
    [InlineData("key", "export-vk", "KEY", "-o", "OUT.vk")]
    [InlineData("key", "export-solidity", "KEY")]
    [InlineData("key", "export-solidity", "KEY", "-o", "OUT.sol")]
    [InlineData("inspect", "KEY")]
    [InlineData("inspect", "R1CS")]
    [InlineData("inspect", "COMPILED")]
    [InlineData("inspect", "WITNESS")]
    [InlineData("inspect", "VK")]
    [InlineData("inspect", "PROOF")]
    [InlineData("inspect", "PUBLIC")]
    [InlineData("verify", "VK", "PUBLIC", "PROOF")]
    [InlineData("check", "CIRCUIT")]
    [InlineData("test", "CIRCUIT")]
    [InlineData("compile", "CIRCUIT", "-o", "OUT")]
    [InlineData("witness", "--circuit", "COMPILED", "--input", "INPUT", "-o", "OUT.wtns")]
    [InlineData("prove", "KEY", "WITNESS", "OUT.proof", "OUT.public")]
    [InlineData("setup", "--r1cs", "R1CS", "--insecure-dev", "-o", "OUT.zkey")]
    [InlineData("doctor")]
    public void Every_command_speaks_json(params string[] arguments)
    {
        var outcome = Outcome.Of([.. arguments.Select(Resolve), "--json"]).Expect(ExitCode.Success);

        Assert.NotEqual(JsonValueKind.Undefined, outcome.Json.ValueKind);
    }

    [Theory]
    [InlineData("KEY", "zkey")]
    [InlineData("R1CS", "r1cs")]
    [InlineData("COMPILED", "compiled")]
    [InlineData("WITNESS", "wtns")]
    [InlineData("VK", "verification_key")]
    [InlineData("PROOF", "proof")]
    [InlineData("PUBLIC", "public")]
    [InlineData("SYM", "sym")]
    [InlineData("BATCH", "batch")]
    [InlineData("CALLDATA", "calldata")]
    public void Inspect_recognises_every_artefact(string artefact, string kind)
    {
        Assert.Equal(kind, Outcome.Of("inspect", Resolve(artefact), "--json").Json.GetProperty("kind").GetString());
    }

    [Fact]
    public void A_damaged_artefact_is_a_bad_file()
    {
        foreach (var path in new[] { place.Compiled, place.R1cs, place.Witness, place.Proof, place.VerifyingKey, place.PublicInputs })
        {
            var bytes = File.ReadAllBytes(path);
            File.WriteAllBytes(place.PathOf("damaged"), bytes[..^1]);

            Outcome.Of("inspect", place.PathOf("damaged")).Expect(ExitCode.BadFile);
        }
    }

    [Theory]
    [InlineData("0x0")]
    [InlineData("0xzz")]
    [InlineData("1,1,0,x\n2,2,0\n")]
    [InlineData("{ \"transactions\": [] }")]
    [InlineData("just text")]
    public void Text_that_is_almost_an_artefact_is_a_bad_file(string text) => Outcome.Of("inspect", place.Write("almost", text)).Expect(ExitCode.BadFile);

    private string Resolve(string word) => word switch
    {
        "KEY" => place.Key,
        "R1CS" => place.R1cs,
        "COMPILED" => place.Compiled,
        "WITNESS" => place.Witness,
        "VK" => place.VerifyingKey,
        "PROOF" => place.Proof,
        "PUBLIC" => place.PublicInputs,
        "CIRCUIT" => place.Circuit,
        "SYM" => place.PathOf("build", "square_below.sym"),
        "BATCH" => Repository.PathOf("bench", "batches", "first.json"),
        "CALLDATA" => place.Write("calldata.hex", "0x00ff\n"),
        "INPUT" => place.PathOf("input.json"),
        _ when word.StartsWith("OUT", StringComparison.Ordinal) => place.PathOf(word),
        _ => word,
    };
}
