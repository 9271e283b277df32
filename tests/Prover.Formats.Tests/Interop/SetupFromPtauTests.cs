using Prover.Groth16;
using Prover.Testing;

namespace Prover.Formats.Tests;

/// <summary>Keys made here from a ceremony are those that snarkjs makes.</summary>
public class SetupFromPtauTests(SnarkjsArtefacts artefacts)
{
    [Fact]
    public void Key_equals_snarkjs_initial_key()
    {
        using var folder = new TemporaryFolder();
        var circuit = R1csFile.Read(artefacts["circuit.r1cs"]);
        var key = Setup.FromPowersOfTau(circuit, PtauFile.Read(artefacts["prepared.ptau"], circuit));
        ZkeyFile.Write(folder["ours.zkey"], key);
        var theirs = SectionContents.Open(artefacts["initial.zkey"]);
        var ours = SectionContents.Open(folder["ours.zkey"]);
        for (var section = 1; section <= 10; section++)
        {
            Assert.Equal(theirs[section], ours[section]);
        }

        Assert.True(key.IsInsecure);
        Assert.False(key.IsDevelopmentKey);
        var verdict = NodeTools.Run("snarkjs", folder.Path, "zkey", "verify", artefacts["circuit.r1cs"], artefacts["prepared.ptau"], folder["ours.zkey"]);
        Assert.Contains("ZKey Ok!", verdict.EnsureSuccess().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Snarkjs_refuses_a_key_of_another_circuit()
    {
        using var folder = new TemporaryFolder();
        var circuit = R1csFile.Read(artefacts["circuit.r1cs"]);
        var other = circuit with { C = circuit.C with { Coefficients = Array.ConvertAll(circuit.C.Coefficients.ToArray(), c => c.Double()) } };
        ZkeyFile.Write(folder["other.zkey"], Setup.FromPowersOfTau(other, PtauFile.Read(artefacts["prepared.ptau"], other)));
        var verdict = NodeTools.Run("snarkjs", folder.Path, "zkey", "verify", artefacts["circuit.r1cs"], artefacts["prepared.ptau"], folder["other.zkey"]);
        Assert.DoesNotContain("ZKey Ok!", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Unprepared_ceremony_is_refused_with_the_remedy()
    {
        var circuit = R1csFile.Read(artefacts["circuit.r1cs"]);
        var error = Assert.Throws<MalformedFileException>(() => PtauFile.Read(artefacts["raw.ptau"], circuit));
        Assert.Contains("prepare phase2", error.Message, StringComparison.Ordinal);
        Assert.False(PtauFile.ReadHeader(artefacts["raw.ptau"]).IsPrepared);
        Assert.True(PtauFile.ReadHeader(artefacts["prepared.ptau"]).IsPrepared);
    }
}
