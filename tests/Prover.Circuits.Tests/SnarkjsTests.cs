using Prover.Constraints;
using Prover.Formats;
using Prover.Testing;
using Prover.Witness;

namespace Prover.Circuits.Tests;

/// <summary>snarkjs reads this project's circuits and witnesses and finds the same rows satisfied.</summary>
public sealed class SnarkjsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("snarkjs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Wtns_check_accepts_a_batch_and_refuses_it_changed()
    {
        var circuit = TinyBatch.Circuit;
        var batch = Desk.Batch(Desk.Tick(), Desk.Deposit(Desk.Carol, 77), Desk.Trade(), Desk.Withdrawal(Desk.Alice, 500));
        AssertChecked(circuit, circuit.Tape.SolveUnchecked(TinyBatch.Inputs(batch).InOrder(circuit)));
    }

    [Fact]
    public void Wtns_check_accepts_a_digest_and_refuses_it_changed()
    {
        var rule = StdRule.Compile("poseidon", "poseidon_test<2>");
        var digest = Primitives.Poseidon.Hash(3, 4);
        AssertChecked(rule.Circuit, rule.Circuit.Tape.SolveUnchecked([digest, 3, 4]));
    }

    private void AssertChecked(CompiledCircuit circuit, Fr[] honest)
    {
        var (r1cs, wtns) = (Path.Combine(_folder, "circuit.r1cs"), Path.Combine(_folder, "witness.wtns"));
        R1csFile.Write(r1cs, circuit.R1cs);
        WtnsFile.Write(wtns, honest);
        var accepted = NodeTools.Run("snarkjs", _folder, "wtns", "check", r1cs, wtns).EnsureSuccess();
        Assert.Contains("WITNESS IS CORRECT", accepted.Output, StringComparison.Ordinal);

        var cheating = (Fr[])honest.Clone();
        cheating[^1] += Fr.One;
        Assert.NotNull(circuit.R1cs.FindViolation(cheating));
        WtnsFile.Write(wtns, cheating);
        var refused = NodeTools.Run("snarkjs", _folder, "wtns", "check", r1cs, wtns);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("WITNESS IS NOT CORRECT", refused.Output, StringComparison.Ordinal);
    }
}
