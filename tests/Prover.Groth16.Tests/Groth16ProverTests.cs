using Prover.Backends;
using Prover.Constraints;
using Prover.Testing;

namespace Prover.Groth16.Tests;

public class Groth16ProverTests(SampleProof sample)
{
    [Fact]
    public void Proofs_of_a_satisfying_witness_verify() =>
        Assert.True(Verifier.Verify(sample.Key.VerifyingKey, sample.Statement, sample.Proof));

    [Fact]
    public void Each_proof_is_blinded_afresh()
    {
        using var prover = new Groth16Prover(sample.Key, sample.Backend);
        var (first, second) = (prover.Prove(sample.Witness), prover.Prove(sample.Witness));
        Assert.NotEqual(first.A, second.A);
        Assert.NotEqual(first.B, second.B);
        Assert.NotEqual(first.C, second.C);
        Assert.True(Verifier.Verify(sample.Key.VerifyingKey, sample.Statement, second));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0)] // domain of 4 with no row to spare
    [InlineData(13, 5)] // 13 rows and 3 public ones fill 16 points
    [InlineData(14, 5)]
    public void Circuits_at_the_edges_of_a_domain_prove(int length, int secret)
    {
        var (circuit, witness) = SampleCircuit.Chain(length, secret);
        var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
        var proof = Groth16Prover.Prove(key, witness, sample.Backend, circuit);
        Assert.True(Verifier.Verify(key.VerifyingKey, witness.AsSpan(1, 2), proof));
    }

    /// <summary>No rows, no public wires, nothing but public wires; A or B empty, so that all their points are at infinity; witnesses of one value.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 0, 3)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 0)]
    [InlineData(3, 0, 2)]
    [InlineData(7, 7, 2)]
    public void Circuits_that_lack_something_prove(int rows, int publicWires, int privateWires)
    {
        var wires = 1 + publicWires + privateWires;
        SampleCircuit.Row one = row => [(row % wires, 1)];
        SampleCircuit.Row nothing = _ => [];
        foreach (var (a, b, c, value) in new[] { (one, one, one, 1), (one, nothing, nothing, -1), (nothing, one, nothing, 5), (nothing, nothing, nothing, 0) })
        {
            var circuit = new R1cs(
                wires, publicWires, 0, privateWires, SampleCircuit.Matrix(rows, a), SampleCircuit.Matrix(rows, b), SampleCircuit.Matrix(rows, c));
            Fr[] witness = [Fr.One, .. Enumerable.Repeat<Fr>(value, wires - 1)];
            var key = Setup.InsecureDevelopment(circuit, new SystemScalarSource());
            var proof = Groth16Prover.Prove(key, witness, sample.Backend, circuit);
            Assert.True(Verifier.Verify(key.VerifyingKey, witness.AsSpan(1, publicWires), proof));
        }
    }

    [Fact]
    public void Unsatisfying_witness_is_refused_with_its_row_before_proving()
    {
        var witness = (Fr[])sample.Witness.Clone();
        witness[7] += 1; // v₄, made by row 3 and used by row 4
        var error = Assert.Throws<UnsatisfiedConstraintException>(
            () => Groth16Prover.Prove(sample.Key, witness, sample.Backend, sample.Circuit));
        Assert.Equal(3, error.Violation!.Row.Index);
        Assert.Contains("row 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unsatisfying_witness_makes_no_proof_even_without_the_circuit()
    {
        for (var wire = 1; wire < sample.Witness.Length; wire++)
        {
            // Wire 2, the tag, is in no row, so every value of it is a true statement.
            if (wire != 2)
            {
                var witness = (Fr[])sample.Witness.Clone();
                witness[wire] += 1;
                Assert.Throws<InvalidProofException>(() => Groth16Prover.Prove(sample.Key, witness, sample.Backend));
            }
        }
    }

    [Fact]
    public void Free_public_wire_is_still_bound_to_the_proof()
    {
        var witness = (Fr[])sample.Witness.Clone();
        witness[2] = 100;
        var proof = Groth16Prover.Prove(sample.Key, witness, sample.Backend, sample.Circuit);
        Assert.True(Verifier.Verify(sample.Key.VerifyingKey, witness.AsSpan(1, 2), proof));
        Assert.False(Verifier.Verify(sample.Key.VerifyingKey, sample.Statement, proof));
    }

    [Fact]
    public void Key_of_a_circuit_with_one_row_changed_does_not_prove()
    {
        // Row 5 becomes (v + 7)·(3v − 1) = v′ − 6.
        Fr[] coefficients = [.. sample.Circuit.C.Coefficients.Span, -6];
        var ids = sample.Circuit.C.CoefficientIds.ToArray();
        ids[sample.Circuit.C.RowStarts.Span[5]] = coefficients.Length - 1;
        var changed = sample.Circuit with { C = sample.Circuit.C with { CoefficientIds = ids, Coefficients = coefficients } };
        var key = Setup.InsecureDevelopment(changed, new SystemScalarSource());

        Assert.Throws<InvalidProofException>(() => Groth16Prover.Prove(key, sample.Witness, sample.Backend));
        var error = Assert.Throws<UnsatisfiedConstraintException>(() => Groth16Prover.Prove(key, sample.Witness, sample.Backend, changed));
        Assert.Equal(5, error.Violation!.Row.Index);
    }

    [Fact]
    public void Proof_under_another_key_of_the_same_circuit_does_not_verify()
    {
        var other = Setup.InsecureDevelopment(sample.Circuit, new SystemScalarSource());
        Assert.False(Verifier.Verify(other.VerifyingKey, sample.Statement, sample.Proof));
    }

    [Fact]
    public void Witness_of_wrong_length_is_refused_with_both_lengths()
    {
        var error = Assert.Throws<ArgumentException>(() => Groth16Prover.Prove(sample.Key, sample.Witness.AsMemory(1), sample.Backend));
        Assert.Contains("expects 15 wires, the witness has 14", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Witness_without_the_constant_one_is_refused()
    {
        var witness = (Fr[])sample.Witness.Clone();
        witness[0] = 2;
        Assert.Throws<ArgumentException>(() => Groth16Prover.Prove(sample.Key, witness, sample.Backend));
    }

    [Fact]
    public void Damaged_key_makes_no_proof()
    {
        var points = sample.Key.H.ToArray();
        points[1] = points[2];
        Assert.Throws<InvalidProofException>(() => Groth16Prover.Prove(sample.Key with { H = points }, sample.Witness, sample.Backend));
    }

    [Fact]
    public void Cancellation_stops_between_steps()
    {
        using var source = new CancellationTokenSource();
        var steps = new List<string>();
        var progress = new ImmediateProgress(step =>
        {
            steps.Add(step.Step);
            source.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(
            () => Groth16Prover.Prove(sample.Key, sample.Witness, sample.Backend, null, progress, source.Token));
        Assert.Single(steps);
    }

    [Theory]
    [InlineData("constraint rows")]
    [InlineData("transforms")]
    [InlineData("sums over the key's points")]
    [InlineData("self-check")]
    public void Whatever_step_is_cancelled_no_vector_is_left_behind(string cancelled)
    {
        using var backend = new RememberingBackend(sample.Backend);
        var progress = new ImmediateProgress(step =>
        {
            if (step.Step == cancelled)
                throw new OperationCanceledException(cancelled);
        });
        Assert.Equal(cancelled, Assert.Throws<OperationCanceledException>(() => Groth16Prover.Prove(sample.Key, sample.Witness, backend, null, progress)).Message);
        Assert.All(backend.Taken, vector => Assert.Throws<ObjectDisposedException>(() => sample.Backend.Download(vector, new Fr[vector.Count])));
    }

    [Fact]
    public void A_key_that_the_device_does_not_take_as_a_whole_leaves_no_part_there()
    {
        using var backend = new RememberingBackend(sample.Backend);
        using var device = new FaultyDevice(backend, DeviceFault.Memory, first: 2);

        Assert.Throws<DeviceMemoryException>(() => new Groth16Prover(sample.Key, device));

        using var scalars = sample.Backend.Upload(sample.Witness);
        Assert.Equal(2, backend.Tables.Count);
        Assert.All(backend.Tables, table => Assert.Throws<ObjectDisposedException>(() => sample.Backend.Sum(table, scalars)));
    }

    [Fact]
    public async Task Disposing_waits_for_the_proofs_that_are_being_made()
    {
        var prover = new Groth16Prover(sample.Key, sample.Backend);
        using var begun = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var progress = new ImmediateProgress(_ =>
        {
            begun.Set();
            mayGoOn.Wait();
        });
        var proving = Task.Run(() => prover.Prove(sample.Witness, progress: progress));
        begun.Wait();
        var disposing = Task.Run(prover.Dispose);
        Assert.NotSame(disposing, await Task.WhenAny(disposing, Task.Delay(200)));
        mayGoOn.Set();
        var proof = await proving;
        await disposing;
        Assert.True(Verifier.Verify(sample.Key.VerifyingKey, sample.Statement, proof));
        Assert.Throws<ObjectDisposedException>(() => prover.Prove(sample.Witness));
        prover.Dispose();
    }

    private sealed class ImmediateProgress(Action<Groth16Progress> handler) : IProgress<Groth16Progress>
    {
        public void Report(Groth16Progress value) => handler(value);
    }
}
