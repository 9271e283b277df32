using Prover.Algebra;
using Prover.Groth16;

namespace Prover.Formats.Tests;

/// <summary>Files that circom and snarkjs wrote are understood.</summary>
public class ReadsSnarkjsTests(SnarkjsArtefacts artefacts)
{
    [Fact]
    public void Circuit_and_witness_fit_each_other()
    {
        var circuit = R1csFile.Read(artefacts["circuit.r1cs"]);
        var witness = WtnsFile.Read(artefacts["circuit.wtns"]);
        Assert.Equal((2, 1), (circuit.PublicOutputCount, circuit.PublicInputCount));
        Assert.Null(circuit.FindViolation(witness));

        // The header counts three; 'unused' has no wire, and the wire in its place is an inner one.
        Assert.Equal(2, circuit.PrivateInputCount);

        witness[^1] += 1;
        Assert.NotNull(circuit.FindViolation(witness));
    }

    [Fact]
    public void Key_equals_its_exported_verification_key()
    {
        var key = ZkeyFile.Read(artefacts["circuit.zkey"], pin: false);
        Assert.Equal(File.ReadAllText(artefacts["verification_key.json"]), VerifyingKeyFile.ToJson(key.VerifyingKey));
        Assert.False(key.IsInsecure);
    }

    [Fact]
    public void Proof_verifies()
    {
        var key = VerifyingKeyFile.Read(artefacts["verification_key.json"]);
        var proof = ProofFile.Read(artefacts["proof.json"]);
        var statement = PublicInputsFile.Read(artefacts["public.json"]);
        Assert.True(Verifier.Verify(key, statement, proof));

        statement[0] += 1;
        Assert.False(Verifier.Verify(key, statement, proof));
    }

    [Fact]
    public void Json_is_written_as_it_was_read()
    {
        Assert.Equal(File.ReadAllText(artefacts["proof.json"]), ProofFile.ToJson(ProofFile.Read(artefacts["proof.json"])));
        Assert.Equal(File.ReadAllText(artefacts["public.json"]), PublicInputsFile.ToJson(PublicInputsFile.Read(artefacts["public.json"])));
        Assert.Equal(
            File.ReadAllText(artefacts["verification_key.json"]),
            VerifyingKeyFile.ToJson(VerifyingKeyFile.Read(artefacts["verification_key.json"])));
    }

    [Theory]
    [InlineData("circuit.r1cs")]
    [InlineData("circuit.wtns")]
    public void Sections_are_written_as_they_were_read(string name)
    {
        using var folder = new TemporaryFolder();
        if (name == "circuit.r1cs")
        {
            R1csFile.Write(folder[name], R1csFile.Read(artefacts[name]));
        }
        else
        {
            WtnsFile.Write(folder[name], WtnsFile.Read(artefacts[name]));
        }

        var theirs = SectionContents.Open(artefacts[name]);
        var ours = SectionContents.Open(folder[name]);
        Assert.Equal(theirs[2], ours[2]);
    }

    [Fact]
    public void Key_is_written_as_it_was_read()
    {
        using var folder = new TemporaryFolder();
        ZkeyFile.Write(folder["copy.zkey"], ZkeyFile.Read(artefacts["circuit.zkey"], pin: false));
        var theirs = SectionContents.Open(artefacts["circuit.zkey"]);
        var ours = SectionContents.Open(folder["copy.zkey"]);
        for (var section = 1; section <= 10; section++)
        {
            Assert.Equal(theirs[section], ours[section]);
        }
    }
}
