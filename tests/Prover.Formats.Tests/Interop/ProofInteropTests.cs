using Prover.Backends;
using Prover.Backends.Cpu;
using Prover.Backends.Gpu;
using Prover.Groth16;
using Prover.Testing;

namespace Prover.Formats.Tests;

/// <summary>Proofs cross over in both directions, under keys of either side.</summary>
public class ProofInteropTests(SnarkjsArtefacts artefacts)
{
    [Theory]
    [InlineData("reference")]
    [InlineData("cpu")]
    [InlineData("gpu")]
    public void Snarkjs_accepts_our_proof_under_its_key(string backend)
    {
        using var folder = new TemporaryFolder();
        var key = ZkeyFile.Read(artefacts["circuit.zkey"], pin: false);
        Prove(folder, key, R1csFile.Read(artefacts["circuit.r1cs"]), WtnsFile.Read(artefacts["circuit.wtns"]), backend);
        AssertSnarkjsAccepts(folder, artefacts["verification_key.json"]);
        Assert.Equal(File.ReadAllText(artefacts["public.json"]), File.ReadAllText(folder["public.json"]));
    }

    [Fact]
    public void Snarkjs_refuses_our_proof_for_another_statement()
    {
        using var folder = new TemporaryFolder();
        File.Copy(artefacts["proof.json"], folder["proof.json"]);
        var statement = PublicInputsFile.Read(artefacts["public.json"]);
        statement[2] += 1;
        PublicInputsFile.Write(folder["public.json"], statement);
        var verdict = NodeTools.Run("snarkjs", folder.Path, "groth16", "verify", artefacts["verification_key.json"], "public.json", "proof.json");
        Assert.NotEqual(0, verdict.ExitCode);
    }

    [Fact]
    public void Both_sides_prove_under_our_development_key()
    {
        using var folder = new TemporaryFolder();
        var circuit = R1csFile.Read(artefacts["circuit.r1cs"]);
        var witness = WtnsFile.Read(artefacts["circuit.wtns"]);
        var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        ZkeyFile.Write(folder["dev.zkey"], key);
        VerifyingKeyFile.Write(folder["vk.json"], key.VerifyingKey);

        Prove(folder, key, circuit, witness, "cpu");
        AssertSnarkjsAccepts(folder, "vk.json");

        NodeTools.Run("snarkjs", folder.Path, "groth16", "prove", "dev.zkey", artefacts["circuit.wtns"], "proof.json", "public.json").EnsureSuccess();
        Assert.True(Verifier.Verify(key.VerifyingKey, PublicInputsFile.Read(folder["public.json"]), ProofFile.Read(folder["proof.json"])));
    }

    [Fact]
    public void Snarkjs_exports_our_keys_verification_key()
    {
        using var folder = new TemporaryFolder();
        var key = Setup.InsecureDevelopment(R1csFile.Read(artefacts["circuit.r1cs"]), new SystemScalarSource());
        ZkeyFile.Write(folder["dev.zkey"], key);
        NodeTools.Run("snarkjs", folder.Path, "zkey", "export", "verificationkey", "dev.zkey", "vk.json").EnsureSuccess();
        Assert.Equal(File.ReadAllText(folder["vk.json"]), VerifyingKeyFile.ToJson(key.VerifyingKey with { IsDevelopmentKey = false }));
    }

    [Fact]
    public void Snarkjs_reads_our_circuit_and_checks_our_witness()
    {
        using var folder = new TemporaryFolder();
        var (circuit, witness) = Groth16.Tests.SampleCircuit.Chain(length: 20, secret: 5);
        R1csFile.Write(folder["c.r1cs"], circuit);
        WtnsFile.Write(folder["c.wtns"], witness);
        var information = NodeTools.Run("snarkjs", folder.Path, "r1cs", "info", "c.r1cs").EnsureSuccess().Output;
        Assert.Contains("# of Constraints: 20", information, StringComparison.Ordinal);
        Assert.Contains("# of Wires: 23", information, StringComparison.Ordinal);
        Assert.Contains("WITNESS IS CORRECT", Check().Output, StringComparison.Ordinal);

        witness[4] += 1;
        WtnsFile.Write(folder["c.wtns"], witness);
        Assert.Contains("WITNESS IS NOT CORRECT", Check().Output, StringComparison.Ordinal);

        ToolResult Check() => NodeTools.Run("snarkjs", folder.Path, "wtns", "check", "c.r1cs", "c.wtns");
    }

    [Fact]
    public void Snarkjs_prints_our_rows_with_our_names()
    {
        using var folder = new TemporaryFolder();
        R1csFile.Write(folder["c.r1cs"], Groth16.Tests.SampleCircuit.Chain(length: 1, secret: 5).Circuit);
        SymFile.Write(folder["c.sym"], ["main.y", "main.tag", "main.x"]);
        var rows = NodeTools.Run("snarkjs", folder.Path, "r1cs", "print", "c.r1cs", "c.sym").EnsureSuccess().Output;
        Assert.Contains("main.x", rows, StringComparison.Ordinal);
        Assert.Contains("main.y", rows, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SymFile.Write(folder["c.sym"], ["main.a,b"]));
    }

    private static void Prove(TemporaryFolder folder, ProvingKey key, Constraints.R1cs circuit, Fr[] witness, string backendName)
    {
        using IProverBackend backend = backendName switch
        {
            "reference" => new ReferenceBackend(),
            "cpu" => new CpuBackend(),
            _ => GpuBackend.CreateOnCpuAccelerator(),
        };
        ProofFile.Write(folder["proof.json"], Groth16Prover.Prove(key, witness, backend, circuit));
        PublicInputsFile.Write(folder["public.json"], witness.AsSpan(1, key.PublicCount));
    }

    private static void AssertSnarkjsAccepts(TemporaryFolder folder, string verifyingKey) =>
        Assert.Contains(
            "OK!",
            NodeTools.Run("snarkjs", folder.Path, "groth16", "verify", verifyingKey, "public.json", "proof.json").EnsureSuccess().Output,
            StringComparison.Ordinal);
}
