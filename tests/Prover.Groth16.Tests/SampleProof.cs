using Prover.Backends;
using Prover.Constraints;
using Prover.Groth16.Tests;

[assembly: AssemblyFixture(typeof(SampleProof))]

namespace Prover.Groth16.Tests;

/// <summary>A small circuit with its key and one proof, made once.</summary>
public sealed class SampleProof : IDisposable
{
    public SampleProof()
    {
        (Circuit, Witness) = SampleCircuit.Chain(length: 12, secret: 3);
        Key = Setup.InsecureDevelopment(Circuit, new SystemScalarSource());
        Proof = Groth16Prover.Prove(Key, Witness, Backend, Circuit);
    }

    public IProverBackend Backend { get; } = new ReferenceBackend();

    public R1cs Circuit { get; }

    public Fr[] Witness { get; }

    /// <summary>The output and the tag.</summary>
    public Fr[] Statement => Witness[1..3];

    public ProvingKey Key { get; }

    public Proof Proof { get; }

    public void Dispose() => Backend.Dispose();
}
